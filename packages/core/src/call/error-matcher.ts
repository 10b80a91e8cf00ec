import { refusePromise } from '../promise-like.js';

/** An error class, or a predicate that says whether an error is meant. A predicate must be synchronous. */
export type ErrorMatcher = (abstract new (...args: never[]) => object) | ((error: unknown) => boolean);

/** Whether an error is meant; throws what a predicate throws. */
export function matches(matcher: ErrorMatcher, error: unknown): boolean {
  if (isClass(matcher)) return error instanceof matcher;
  const answer: unknown = matcher(error);
  refusePromise('a predicate', answer);
  return Boolean(answer);
}

function isClass(matcher: ErrorMatcher): matcher is abstract new (...args: never[]) => object {
  const prototype: unknown = matcher.prototype;
  return (
    prototype === Error.prototype ||
    prototype instanceof Error ||
    /^class\b/.test(Function.prototype.toString.call(matcher))
  );
}
