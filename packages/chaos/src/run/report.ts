import type { HistoryEvent } from '../history/history-event.js';
import type { Violation } from '../history/violation.js';
import type { Outcome } from './run-chaos.js';
import { summaryOf } from './summary.js';

const MOST_SHOWN = 20;
const AROUND_MS = 100;
const MOST_AROUND = 30;
const LONGEST_LINE = 240;

/** What a run has come to, for people. */
export function report({ history, violations, folder }: Outcome): string {
  const { calls, trips, trials, commits, reunions, faults } = summaryOf(history);
  const kinds = [...faults].map(([kind, count]) => `${kind} ${count}`).join(', ');
  const sum = [...faults.values()].reduce((total, count) => total + count, 0);
  return [
    `${calls} calls, ${commits} commits, ${trips} trips, ${trials} trials, ${reunions} reunions, ${sum} faults, ${violations.length} violations`,
    ...(kinds === '' ? [] : [`faults: ${kinds}`]),
    ...violations.slice(0, MOST_SHOWN).map((violation) => explain(violation, history)),
    ...(violations.length > 0 ? [`The history is in ${folder}`] : []),
  ].join('\n');
}

function explain({ invariant, at, message }: Violation, history: readonly HistoryEvent[]): string {
  const begunAt = history[0]?.at ?? at;
  const near = history.filter((event) => Math.abs(event.at - at) <= AROUND_MS && event.type !== 'called');
  const middle = near.findIndex((event) => event.at >= at);
  const first = Math.max(0, middle - MOST_AROUND / 2);
  const around = near.slice(first, first + MOST_AROUND).map((event) => `    ${lineOf(event, begunAt)}`);
  return [`\nInvariant ${invariant}, after ${Math.round(at - begunAt)} ms: ${message}`, ...around].join('\n');
}

function lineOf({ by, at, ...rest }: HistoryEvent, begunAt: number): string {
  return `${(at - begunAt).toFixed(1)} ${by} ${JSON.stringify(rest)}`.slice(0, LONGEST_LINE);
}
