import { disown, isPromiseLike } from '../promise-like.js';

/** A promise is always truthy: taken for an answer, it would switch the breaker off unnoticed. */
export function refusePromise(who: string, answer: unknown): void {
  if (!isPromiseLike(answer)) return;
  disown(answer);
  throw new TypeError(`${who} must answer at once, but gave a promise`);
}
