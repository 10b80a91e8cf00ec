import type { Ruling } from '../../src/circuit/event.js';
import type { SharedSettings } from '../../src/settings.js';
import { type Rarity, TICK, type World } from './world.js';

/** How much of the world is searched. */
export interface Bounds {
  readonly name: string;
  /** The options of each process. */
  readonly settings: readonly SharedSettings[];
  readonly start: World;
  /** How often each thing may happen; what is not named does not. */
  readonly atMost: Readonly<Partial<Record<Rarity, number>>>;
  readonly tickMs: number;
  readonly pauseMs: number;
  /** What may be ruled by hand. */
  readonly rulings?: readonly Ruling['type'][];
  /** By how much the storage's clock may step. */
  readonly stepsMs?: readonly number[];
  /** How long own circuits stay open. */
  readonly voteMs: number;
  /** Whether what is written is pushed, sooner or later. */
  readonly hasPushes: boolean;
  /** Whether everything is said, pushed and answered before time passes. */
  readonly isPrompt?: boolean;
  /** Within so many ticks an outage for all must open the fleet. */
  readonly mustOpenIn?: number;
}

type Usual = Pick<Bounds, 'tickMs' | 'pauseMs' | 'voteMs' | 'hasPushes'>;

const USUAL: Usual = { tickMs: TICK, pauseMs: 20 * TICK, voteMs: 2 * TICK, hasPushes: false };

export function within(bounds: Omit<Bounds, keyof Usual> & Partial<Usual>): Bounds {
  return { ...USUAL, ...bounds };
}

/** The same, but whatever happens only so often may happen once more. That takes hours and much memory instead of seconds. */
export function deeper(bounds: Bounds): Bounds {
  const atMost = Object.entries(bounds.atMost).map(([rarity, times]) => [rarity, times + 1]);
  return { ...bounds, atMost: Object.fromEntries(atMost) };
}
