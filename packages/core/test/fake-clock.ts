import { letPromisesRun } from './let-promises-run.js';

/** A timer that waits. It can be unreferenced, as those of Node can. */
export class FakeTimer {
  referenced = true;

  constructor(
    readonly dueAt: number,
    readonly run: () => void,
  ) {}

  unref(): this {
    this.referenced = false;
    return this;
  }
}

/** A clock that stands still until it is advanced, and runs its due timers in order. */
export class FakeClock {
  #now: number;
  #reads = 0;
  #timers: FakeTimer[] = [];

  constructor(startAt = 0) {
    this.#now = startAt;
  }

  /** How many timers wait. */
  get pending(): number {
    return this.#timers.length;
  }

  /** How many timers wait that would keep a process alive. */
  get referenced(): number {
    return this.#timers.filter((timer) => timer.referenced).length;
  }

  /** How often `now()` was called. */
  get reads(): number {
    return this.#reads;
  }

  /** What `now()` would say; looking here is no reading. */
  get time(): number {
    return this.#now;
  }

  now(): number {
    this.#reads += 1;
    return this.#now;
  }

  setTimeout(run: () => void, ms: number): FakeTimer {
    const timer = new FakeTimer(this.#now + ms, run);
    this.#timers.push(timer);
    return timer;
  }

  clearTimeout(handle: unknown): void {
    this.#timers = this.#timers.filter((timer) => timer !== handle);
  }

  /** Moves on by `ms`, running what falls due, timers set meanwhile too. */
  advance(ms: number): void {
    const end = this.#now + ms;
    while (this.#runNext(end)) {
      // every timer that is due by then
    }
    this.#now = end;
  }

  /** The same, and lets promises run before, between and after the timers. */
  async advanceAsync(ms: number): Promise<void> {
    const end = this.#now + ms;
    await letPromisesRun();
    while (this.#runNext(end)) {
      await letPromisesRun();
    }
    this.#now = end;
    await letPromisesRun();
  }

  /** Sets the time without running any timer: a machine that slept, or a clock that was put back. */
  jump(ms: number): void {
    this.#now += ms;
  }

  #runNext(end: number): boolean {
    let next: FakeTimer | undefined;
    for (const timer of this.#timers) {
      if (timer.dueAt <= end && (next === undefined || timer.dueAt < next.dueAt)) {
        next = timer;
      }
    }
    if (next === undefined) {
      return false;
    }
    this.clearTimeout(next);
    this.#now = Math.max(this.#now, next.dueAt);
    next.run();
    return true;
  }
}
