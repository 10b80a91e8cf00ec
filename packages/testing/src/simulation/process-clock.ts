import type { Clock } from '@breaker/core';
import type { Gate } from './gate.js';

interface ProcessTimer {
  handle: unknown;
  isReferenced: boolean;
  unref(): ProcessTimer;
}

/** The clock of one process: it has an origin of its own, may step and drift, and counts the timers that wait. */
export class ProcessClock implements Clock {
  readonly #world: Clock;
  readonly #gate: Gate;
  readonly #timers = new Set<ProcessTimer>();
  #origin: number;
  #since: number;
  #rate = 1;
  /** Whether it has ever been put back. */
  hasGoneBack = false;

  constructor(world: Clock, gate: Gate, origin: number) {
    this.#world = world;
    this.#gate = gate;
    this.#origin = origin;
    this.#since = world.now();
  }

  /** How many timers wait. */
  get pending(): number {
    return this.#timers.size;
  }

  /** How many of them would keep a process alive. */
  get referenced(): number {
    let count = 0;
    for (const { isReferenced } of this.#timers) if (isReferenced) count++;
    return count;
  }

  now(): number {
    return this.#origin + (this.#world.now() - this.#since) * this.#rate;
  }

  setTimeout(run: () => void, ms: number): unknown {
    const timer: ProcessTimer = {
      handle: undefined,
      isReferenced: true,
      unref() {
        timer.isReferenced = false;
        return timer;
      },
    };
    const fire = () => {
      if (this.#timers.delete(timer)) run();
    };
    timer.handle = this.#world.setTimeout(() => this.#gate.timer(fire), ms / this.#rate);
    this.#timers.add(timer);
    return timer;
  }

  clearTimeout(handle: unknown): void {
    const timer = handle as ProcessTimer;
    if (this.#timers.delete(timer)) this.#world.clearTimeout(timer.handle);
  }

  step(ms: number): void {
    this.#origin += ms;
    if (ms < 0) this.hasGoneBack = true;
  }

  /** Lets it run so many times as fast as it should. Timers that wait already keep their time. */
  drift(rate: number): void {
    this.#origin = this.now();
    this.#since = this.#world.now();
    this.#rate = rate;
  }
}
