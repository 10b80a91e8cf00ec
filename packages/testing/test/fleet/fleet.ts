import { CircuitBreaker, type CircuitBreakerOptions, type CircuitState } from '@breaker/core';
import { FakeClock, FakeStorage, RecordingListener, seededRandom } from '../../src/index.js';
import { ProcessClock } from './process-clock.js';
import { WatchedStorage } from './watched-storage.js';

export const CIRCUIT = 'orders';
export const START = 50_000;
/** By which a fleet whose every call fails is open: three flushes and hearings. */
export const HEARD = 3 * (50 + 150);
/** The most that a process may wait beyond the end of open. */
export const EXTRA = 200;

/** What the protocol says of a record, as far as tests look at it. */
export interface StoredCircuit {
  readonly schema: number;
  readonly epoch: number;
  readonly era?: string;
  readonly revision: number;
  readonly state: CircuitState;
  readonly openUntilAt?: number;
  readonly leases?: readonly { readonly id: string; readonly expiresAt: number }[];
  readonly successes?: number;
  readonly hearingEndsAt?: number;
  readonly trips: number;
  readonly changedAt: number;
  readonly keepUntilAt?: number;
}

/** One process of the fleet. */
export interface Member {
  readonly breaker: CircuitBreaker;
  /** Its way to the storage: faults set here are its own. */
  readonly link: ReturnType<FakeStorage['link']>;
  /** What its breaker asked of the storage. */
  readonly asked: WatchedStorage;
  readonly recorder: RecordingListener;
  readonly clock: ProcessClock;
  /** Kills the process: it hears, says and does nothing any more. */
  crash(): void;
  /** Lets the process stand still, as a laptop that is closed. */
  suspend(): void;
  resume(): void;
}

/** Processes that share one circuit; no two clocks of theirs agree, nor does the storage's. */
export class Fleet {
  readonly clock = new FakeClock(START);
  readonly storage = new FakeStorage({ clock: this.clock });
  readonly members: Member[] = [];
  readonly #options: CircuitBreakerOptions;

  constructor(options: CircuitBreakerOptions = {}) {
    this.#options = options;
    this.storage.stepClock(7_000_000);
  }

  get record(): StoredCircuit | undefined {
    return this.storage.record(CIRCUIT) as StoredCircuit | undefined;
  }

  get states(): CircuitState[] {
    return this.members.map(({ breaker }) => breaker.state);
  }

  /** A new process that knows the record. */
  async join(options: CircuitBreakerOptions = {}): Promise<Member> {
    const member = this.joinCold(options);
    await member.breaker.ready();
    await this.settle();
    member.asked.clear();
    return member;
  }

  /** A new process, whose breaker nobody has used yet. */
  joinCold(options: CircuitBreakerOptions = {}): Member {
    const place = this.members.length + 1;
    const link = this.storage.link();
    const asked = new WatchedStorage(link);
    const recorder = new RecordingListener({ quiet: true });
    const clock = new ProcessClock(this.clock, place * 1_000_003);
    const breaker = new CircuitBreaker(CIRCUIT, {
      storage: asked,
      clock,
      random: seededRandom(place),
      listeners: [recorder],
      ...this.#options,
      ...options,
    });
    const crash = (): void => {
      clock.stop();
      link.hang();
      link.dropPushes();
    };
    const suspend = (): void => {
      clock.suspend();
      link.hang();
      link.dropPushes();
    };
    const resume = (): void => {
      link.heal();
      clock.resume();
    };
    const member = { breaker, link, asked, recorder, clock, crash, suspend, resume };
    this.members.push(member);
    return member;
  }

  /** Lets promises run; no time passes. */
  async settle(): Promise<void> {
    await this.clock.advanceAsync(0);
  }

  async pass(ms: number): Promise<void> {
    await this.clock.advanceAsync(ms);
  }

  /** Time in which something happens every `everyMs`. */
  async passWith(ms: number, everyMs: number, run: () => unknown): Promise<void> {
    for (let passed = 0; passed < ms; passed += everyMs) {
      await run();
      await this.pass(everyMs);
    }
  }
}
