import { judge } from '../call/judge.js';
import type { Verdict } from '../call/outcome.js';
import type { Shell } from '../shell.js';

/** Judges what a call within a call threw: it counts for nothing, but decides whether a fallback stands in. */
export function judgeJoined(shell: Shell, error: unknown): Verdict {
  const verdict = judge({ threw: true, error, durationMs: Number.NaN }, shell.settings, shell);
  shell.deliver();
  return verdict;
}
