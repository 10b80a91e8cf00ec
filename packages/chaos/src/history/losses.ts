import type { HistoryEvent } from './history-event.js';

/** How long a process may have been away that still teaches what it knew before a loss. */
const REMEMBERED_MS = 15_000;

interface Span {
  readonly from: number;
  to: number;
}

/** When the servers may have lost writes, or everything. */
export class Losses {
  readonly #spans: readonly Span[];

  constructor(events: readonly HistoryEvent[]) {
    this.#spans = spansOf(events);
  }

  /** How many there were at any time between two instants. */
  between(from: number, to: number): number {
    return this.#spans.filter((span) => span.from <= to && span.to >= from).length;
  }

  /** Whether there has been one before an instant: what was known before it may be written again at any time. */
  hasBeen(at: number): boolean {
    return this.between(Number.NEGATIVE_INFINITY, at) > 0;
  }

  /** Whether there was one of late, so that what is written may be what a process knew before. */
  areRecent(at: number): boolean {
    return this.between(at - REMEMBERED_MS, at) > 0;
  }
}

function spansOf(events: readonly HistoryEvent[]): readonly Span[] {
  const spans = new Map<number, Span>();
  for (const event of events) {
    if (event.type === 'fault' && event.losesMemory) {
      spans.set(event.fault, { from: event.at, to: Number.POSITIVE_INFINITY });
    } else if (event.type === 'fault-ended') {
      const span = spans.get(event.fault);
      if (span !== undefined) span.to = event.at;
    }
  }
  return [...spans.values()];
}
