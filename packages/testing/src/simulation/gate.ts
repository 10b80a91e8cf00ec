import { letPromisesRun } from '../let-promises-run.js';

/** Everything that comes into a process from outside comes through here: its timers, and what others send it. */
export class Gate {
  #state: 'open' | 'held' | 'dead' = 'open';
  #timers: (() => void)[] = [];
  #news: (() => void)[] = [];

  get isOpen(): boolean {
    return this.#state === 'open';
  }

  get isDead(): boolean {
    return this.#state === 'dead';
  }

  /** Lets a timer run: now, when the process goes on, or never. */
  timer(run: () => void): void {
    this.#enter(run, this.#timers);
  }

  /** Lets in what came over the network. */
  news(run: () => void): void {
    this.#enter(run, this.#news);
  }

  hold(): void {
    if (this.#state === 'open') this.#state = 'held';
  }

  /** Lets in what has gathered, timers first, as an event loop does that was blocked. */
  async release(): Promise<void> {
    if (this.#state !== 'held') return;
    this.#state = 'open';
    const waiting = [...this.#timers, ...this.#news];
    this.#timers = [];
    this.#news = [];
    for (const run of waiting) {
      run();
      await letPromisesRun();
    }
  }

  /** The process has ended: nothing comes in ever again. */
  kill(): void {
    this.#state = 'dead';
    this.#timers = [];
    this.#news = [];
  }

  #enter(run: () => void, queue: (() => void)[]): void {
    if (this.#state === 'open') run();
    else if (this.#state === 'held') queue.push(run);
  }
}
