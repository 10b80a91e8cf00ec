import type { Clock } from '@breaker/core';
import type { EventLog } from './event-log.js';
import type { FloodEvent } from './flood-event.js';
import { Tally } from './tally.js';

/** Runtimes count timers in 32 bits: one set for longer would fire at once. */
const LONGEST_MS = 2 ** 31 - 1;

interface Window {
  since: number;
  timer: unknown;
  /** What has not been told yet. */
  tally: Tally | undefined;
}

/**
 * Of events of one type, tells the first of a circuit at once; then, once per `summaryMs`, how many more there were;
 * and when there were none, begins anew. Its timers keep no process alive.
 */
export class Flood {
  readonly #log: EventLog;
  readonly #summaryMs: number;
  readonly #clock: Clock;
  readonly #windows = new Map<string, Window>();
  #isDisposed = false;

  constructor(log: EventLog, summaryMs: number, clock: Clock) {
    this.#log = log;
    this.#summaryMs = Math.min(summaryMs, LONGEST_MS);
    this.#clock = clock;
  }

  /** @throws what the logger throws; the event is counted all the same */
  tell(event: FloodEvent): void {
    if (!this.#log.wants(event)) return;
    const window = this.#windows.get(event.circuit);
    if (this.#isDisposed) this.#log.tell(event);
    else if (window === undefined) this.#tellFirst(event);
    else if (window.tally === undefined) window.tally = new Tally(event);
    else window.tally.add(event);
  }

  /** Tells what has been counted and not told yet. */
  flush(): void {
    for (const [circuit, window] of this.#windows) this.#sumUp(circuit, window);
  }

  /** Does the same, and sums up no more: what comes later gets a line each. */
  dispose(): void {
    this.#isDisposed = true;
    for (const { timer } of this.#windows.values()) this.#clock.clearTimeout(timer);
    this.flush();
  }

  #tellFirst(event: FloodEvent): void {
    // Begins before the line is written, which may itself cause events.
    const window: Window = { since: this.#clock.now(), timer: undefined, tally: undefined };
    this.#windows.set(event.circuit, window);
    this.#setTimer(event.circuit, window);
    try {
      this.#log.tell(event);
    } catch (error) {
      this.#keep(window, new Tally(event));
      throw error;
    }
  }

  #setTimer(circuit: string, window: Window): void {
    window.timer = this.#clock.setTimeout(() => this.#end(circuit, window), this.#summaryMs);
    (window.timer as { unref?: () => void } | undefined)?.unref?.();
  }

  #end(circuit: string, window: Window): void {
    if (window.tally === undefined) {
      this.#windows.delete(circuit);
      return;
    }
    this.#setTimer(circuit, window);
    this.#sumUp(circuit, window);
  }

  #sumUp(circuit: string, window: Window): void {
    const { tally, since } = window;
    if (tally === undefined) return;
    const now = this.#clock.now();
    window.tally = undefined;
    try {
      this.#log.sumUp(tally, Math.round(now - since));
      window.since = now;
    } catch (error) {
      this.#keep(window, tally);
      reportFault(circuit, error);
    }
  }

  /** Counts what could not be written to what is written next. */
  #keep(window: Window, unwritten: Tally): void {
    // It may have been the error that could not be written.
    unwritten.forgetError();
    if (window.tally !== undefined) unwritten.absorb(window.tally);
    window.tally = unwritten;
  }
}

/** In a timer there is no caller, and no breaker whose `onListenerError` would hear of it. */
function reportFault(circuit: string, error: unknown): void {
  console.error(`Circuit "${circuit}": the logger threw, and its summary waits:`, error);
}
