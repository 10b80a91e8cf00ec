import type { Trial } from './member.js';

/** How many trials ran at the same time, at most. */
export function mostAtOnce(trials: readonly Trial[]): number {
  const runningAt = (instant: number) => trials.filter(({ from, to = Infinity }) => from <= instant && instant < to);
  return Math.max(0, ...trials.map(({ from }) => runningAt(from).length));
}
