/** A function whose outcome comes later: it gives a promise, or a generator of either kind. */
export type Deferred = (
  this: never,
  ...args: never[]
) => Promise<unknown> | Generator<unknown, unknown, unknown> | AsyncGenerator<unknown, unknown, unknown>;
