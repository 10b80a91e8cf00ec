import { commitsOf } from '../history/commit.js';
import type { HistoryEvent } from '../history/history-event.js';

/** What happened in a run, in numbers. */
export interface Summary {
  readonly calls: number;
  readonly trips: number;
  readonly trials: number;
  readonly commits: number;
  /** How often the fleet came together again after faults. */
  readonly reunions: number;
  /** Faults by their kind. */
  readonly faults: ReadonlyMap<string, number>;
}

export function summaryOf(events: readonly HistoryEvent[]): Summary {
  const commits = commitsOf(events);
  const faults = new Map<string, number>();
  for (const event of events) if (event.type === 'fault') faults.set(event.kind, (faults.get(event.kind) ?? 0) + 1);
  return {
    calls: count(events, 'called'),
    trips: commits.filter(({ before, after }) => after.state === 'open' && before?.state !== 'open').length,
    trials: count(events, 'trial-began'),
    commits: commits.length,
    reunions: count(events, 'gathered'),
    faults,
  };
}

function count(events: readonly HistoryEvent[], type: HistoryEvent['type']): number {
  return events.filter((event) => event.type === type).length;
}
