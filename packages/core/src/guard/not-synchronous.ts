import { disown } from '../promise-like.js';

/** The error of a synchronous call whose function gave a promise: nobody is going to wait for it. */
export function notSynchronous(promise: unknown): TypeError {
  disown(promise);
  return new TypeError(
    'fn gave a promise: executeSync() and wrapSync() are for synchronous functions, execute() awaits',
  );
}
