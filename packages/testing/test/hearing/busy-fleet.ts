import { Lots } from '../../src/simulation/lots.js';
import { type SimulatedBreakerOptions, withDefaults } from '../../src/simulation/simulation-options.js';
import type { Watcher } from '../../src/simulation/watcher.js';
import { World } from '../../src/simulation/world.js';

const SLICE_MS = 5;
const CALL_MS = 5;

/** What a fleet asked of its storage. */
export interface Traffic {
  readonly reads: number;
  readonly updates: number;
  readonly writes: number;
}

/** A fleet under traffic, over a storage that answers in a few milliseconds. */
export class BusyFleet {
  readonly world: World;
  /** How often the fleet's circuit has tripped. */
  trips = 0;
  #traffic: Traffic = { reads: 0, updates: 0, writes: 0 };
  readonly #lots: Lots;

  constructor(seed: number, processes: number, options: SimulatedBreakerOptions = {}) {
    this.#lots = new Lots(seed);
    const quiet = { failureThreshold: 5, resetTimeoutMs: 60_000 };
    this.world = new World({
      seed,
      processes,
      options: withDefaults(
        options.trip === undefined ? { ...quiet, ...options } : { ...quiet, failureThreshold: undefined, ...options },
      ),
      wrap: (storage) => storage,
    });
    this.world.start([this.#watch()]);
  }

  /** How many processes show that state. */
  showing(state: string): number {
    return this.world.places.filter(({ breaker }) => breaker.state === state).length;
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
    const traffic = this.#traffic;
    this.#traffic = { reads: 0, updates: 0, writes: 0 };
    return traffic;
  }

  #watch(): Watcher {
    return {
      asked: ({ operation }) => {
        const { reads, updates } = this.#traffic;
        const asked = operation === 'read' ? { reads: reads + 1 } : { updates: updates + 1 };
        this.#traffic = { ...this.#traffic, ...asked };
      },
      committed: ({ before, after }) => {
        this.#traffic = { ...this.#traffic, writes: this.#traffic.writes + 1 };
        if (after.state === 'open' && before?.state !== 'open') this.trips++;
      },
    };
  }
}
