import { Lots } from '../../src/simulation/lots.js';
import { World, type WorldOptions } from '../../src/simulation/world.js';

/** A world in which some calls fail, whoever makes them. */
export class FlakyWorld extends World {
  /** How many: 0 to 1. */
  failing = 0;
  readonly #lots: Lots;

  constructor(options: WorldOptions) {
    super(options);
    this.#lots = new Lots(options.seed + 1);
  }

  /** Asked once for each call. */
  override isUpFor(index: number): boolean {
    return super.isUpFor(index) && !this.#lots.happens(this.failing);
  }
}
