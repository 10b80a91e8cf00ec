export function isPromiseLike(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && typeof (value as PromiseLike<unknown>).then === 'function';
}

/** Sees to it that a promise which nobody is going to wait for does not end the process when it rejects. */
export function disown(value: unknown): void {
  // Only a true promise: asking a lazy one, as a query builder, would start its work.
  if (value instanceof Promise) value.catch(() => undefined);
}

/** A promise is always truthy: taken for an answer, it would switch the breaker off unnoticed. */
export function refusePromise(who: string, answer: unknown): void {
  if (!isPromiseLike(answer)) return;
  disown(answer);
  throw new TypeError(`${who} must answer at once, but gave a promise`);
}
