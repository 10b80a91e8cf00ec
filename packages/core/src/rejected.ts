/**
 * What a handler gives in place of throwing: it rejects the promise that it is given for, at a third of the cost. An engine prepares
 * a report of whatever is thrown, and `Promise.reject` tells the host of a rejection that nobody handles yet, and then that somebody does.
 */
export class Rejected {
  constructor(readonly error: unknown) {}

  // biome-ignore lint/suspicious/noThenProperty: promises know it by that
  then(_resolve: unknown, reject: (error: unknown) => void): void {
    reject(this.error);
  }
}

/** A promise that rejects with the error. */
export function rejectedWith(error: unknown): Promise<never> {
  return Promise.resolve(new Rejected(error) as never);
}

/** Calls a function, and gives a promise of it, whatever it gives or throws. */
export function attempt<T>(fn: (argument: T) => unknown, argument: T): Promise<unknown> {
  try {
    return Promise.resolve(fn(argument));
  } catch (error) {
    return rejectedWith(error);
  }
}
