import type { FloodEvent } from './flood-event.js';
import { summaryMessageOf } from './message.js';

const FLAGS = ['trial', 'late', 'slow'] as const;

/** How many events of one kind there were, and what they had in common. */
export class Tally {
  #count = 0;
  readonly #counts = new Map<string, number>();
  #totalDurationMs = 0;
  #maxDurationMs = 0;
  #last: FloodEvent;
  #lastError: unknown;

  constructor(first: FloodEvent) {
    this.#last = first;
    this.add(first);
  }

  get last(): FloodEvent {
    return this.#last;
  }

  add(event: FloodEvent): void {
    this.#last = event;
    this.#count += 1;
    for (const kind of kindsOf(event)) this.#addTo(kind, 1);
    if ('durationMs' in event) {
      this.#totalDurationMs += event.durationMs;
      this.#maxDurationMs = Math.max(this.#maxDurationMs, event.durationMs);
    }
    if ('error' in event) this.#lastError = event.error;
  }

  /** Takes in one that began later. */
  absorb(later: Tally): void {
    this.#last = later.#last;
    this.#lastError = later.#lastError;
    this.#count += later.#count;
    for (const [kind, count] of later.#counts) this.#addTo(kind, count);
    this.#totalDurationMs += later.#totalDurationMs;
    this.#maxDurationMs = Math.max(this.#maxDurationMs, later.#maxDurationMs);
  }

  forgetError(): void {
    this.#lastError = undefined;
  }

  /** What a line tells of them; `epoch`, `at`, `retryAfterMs` and `err` are those of the last one that has any. */
  fields(overMs: number): object {
    const { type, circuit, epoch, at } = this.#last;
    const counted = { type, circuit, epoch, at, count: this.#count, overMs, counts: Object.fromEntries(this.#counts) };
    if (this.#last.type === 'reject') return { ...counted, retryAfterMs: this.#last.retryAfterMs };
    if (this.#last.type === 'listener-error') return { ...counted, err: this.#lastError };
    const meanDurationMs = this.#totalDurationMs / this.#count;
    return { ...counted, meanDurationMs, maxDurationMs: this.#maxDurationMs, err: this.#lastError };
  }

  message(overMs: number): string {
    return summaryMessageOf(this.#last, this.#count, overMs);
  }

  #addTo(kind: string, count: number): void {
    this.#counts.set(kind, (this.#counts.get(kind) ?? 0) + count);
  }
}

function kindsOf(event: FloodEvent): readonly string[] {
  switch (event.type) {
    case 'reject':
      return [event.reason];
    case 'listener-error':
      return [event.source];
    case 'failure':
    case 'ignore':
      return FLAGS.filter((flag) => event[flag]);
  }
}
