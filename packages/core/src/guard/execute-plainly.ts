import { type CallContext, LazyCallContext, PLAIN_CONTEXT } from '../call/call-context.js';
import type { PlainHandlers } from '../plain-handlers.js';
import { rejectedWith } from '../rejected.js';
import type { Shell } from '../shell.js';

/**
 * Runs a function through a closed circuit when nobody asks for more than the counts: the hot path.
 *
 * `.then` with the two handlers of the epoch is what makes it cheap: an `async` function would cost twice as much.
 */
export function executePlainly(
  shell: Shell,
  { onSuccess, onFailure }: PlainHandlers,
  fn: (context: CallContext) => unknown,
): Promise<unknown> {
  shell.counts.calls++;
  shell.running = PLAIN_CONTEXT;
  let result: Promise<unknown>;
  try {
    result = Promise.resolve(fn(new LazyCallContext()));
  } catch (error) {
    result = rejectedWith(error);
  }
  shell.running = undefined;
  return result.then(onSuccess, onFailure);
}
