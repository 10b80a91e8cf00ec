import type { Verdict } from '../call/outcome.js';
import { judge } from '../settle.js';
import type { Shell } from '../shell.js';

/** Judges what a call within a call threw: it counts for nothing, but decides whether a fallback stands in. */
export function judgeJoined(shell: Shell, error: unknown): Verdict {
  const verdict = judge(shell, { threw: true, error, durationMs: Number.NaN });
  shell.deliver();
  return verdict;
}
