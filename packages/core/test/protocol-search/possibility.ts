import type { Scene } from './scene.js';
import type { Deed } from './step.js';
import type { Rarity } from './world.js';

/** Something that can happen next. */
export interface Possibility {
  readonly deed: Deed;
  readonly who?: number | undefined;
  /** What it counts as, where it happens only so often. */
  readonly rarity?: Rarity | undefined;
  act(scene: Scene): void;
}
