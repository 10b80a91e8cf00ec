import type { CallContext } from '../call/call-context.js';
import { attempt } from '../rejected.js';
import type { Shell } from '../shell.js';

/** What `execute` guards. */
export type Guarded = (context: CallContext) => unknown;

/**
 * Runs a guarded function, while no other runs, and gives a promise of it.
 *
 * @param joined - what the calls that it makes through the same breaker join, before its first `await`
 */
export function run(shell: Shell, fn: Guarded, context: CallContext, joined: CallContext): Promise<unknown> {
  shell.running = joined;
  const result = attempt(fn, context);
  shell.running = undefined;
  return result;
}

/** Runs a piece of a guarded function, which may be called from within another one's. */
export function runWithin<R>(shell: Shell, joined: CallContext, piece: () => R): R {
  const outer = shell.running;
  shell.running = joined;
  try {
    return piece();
  } finally {
    shell.running = outer;
  }
}
