/** A function whose outcome comes later: it gives a promise, or a generator of either kind. */
export type Deferred = (
  this: never,
  ...args: never[]
) => Promise<unknown> | Generator<unknown, unknown, never> | AsyncGenerator<unknown, unknown, never>;

/** A function that gives a promise-like that is no full promise, such as a query builder. */
export type Thenable<This, Args extends unknown[], Result> = (this: This, ...args: Args) => PromiseLike<Result>;

/** A plain function: what it gives is no promise and no generator. */
export type Immediate<F> = F extends (this: never, ...args: never[]) => PromiseLike<unknown> ? never : F;
