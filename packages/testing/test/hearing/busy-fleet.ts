import { Lots } from '../../src/simulation/lots.js';
import { type SimulatedBreakerOptions, withDefaults } from '../../src/simulation/simulation-options.js';
import type { Watcher } from '../../src/simulation/watcher.js';
import { CountedStorage, NO_TRAFFIC, type Traffic } from '../traffic/counted-storage.js';
import { FlakyWorld } from './flaky-world.js';

const SLICE_MS = 5;
const CALL_MS = 5;

/** A fleet under traffic, over a storage that answers in a few milliseconds. */
export class BusyFleet {
  readonly world: FlakyWorld;
  /** How often the fleet's circuit has tripped. */
  trips = 0;
  readonly #traffic: Traffic = { ...NO_TRAFFIC };
  readonly #lots: Lots;

  constructor(seed: number, processes: number, options: SimulatedBreakerOptions = {}) {
    this.#lots = new Lots(seed);
    const quiet = { failureThreshold: 5, resetTimeoutMs: 60_000 };
    this.world = new FlakyWorld({
      seed,
      processes,
      options: withDefaults(
        options.trip === undefined ? { ...quiet, ...options } : { ...quiet, failureThreshold: undefined, ...options },
      ),
      wrap: (storage) => new CountedStorage(storage, this.#traffic),
    });
    this.world.start([this.#watch()]);
  }

  /** How many processes show that state. */
  showing(state: string): number {
    return this.world.places.filter(({ breaker }) => breaker.state === state).length;
  }

  get isOpenForAll(): boolean {
    return this.world.stored?.state === 'open' && this.showing('open') === this.world.places.length;
  }

  /** Lets every process call at random, so many times a second, for a while, or until something is so. */
  async run(callsPerSecond: number, ms: number, isEnough: () => boolean = () => false): Promise<number> {
    const { world } = this;
    const startedAt = world.now;
    while (world.now - startedAt < ms && !isEnough()) {
      for (const process of world.places) {
        if (this.#lots.happens((callsPerSecond * SLICE_MS) / 1_000)) process.call('plain', CALL_MS);
      }
      await world.clock.advanceAsync(SLICE_MS);
    }
    return world.now - startedAt;
  }

  /** What was asked since it was looked at the last time. */
  takeTraffic(): Traffic {
    const traffic = { ...this.#traffic };
    Object.assign(this.#traffic, NO_TRAFFIC);
    return traffic;
  }

  #watch(): Watcher {
    return {
      committed: ({ before, after }) => {
        if (after.state === 'open' && before?.state !== 'open') this.trips++;
      },
    };
  }
}
