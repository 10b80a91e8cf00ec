import { refusePromise } from '../promise-like.js';

/** An error class, or a predicate that says whether an error is meant. A predicate must be synchronous. */
export type ErrorMatcher = (abstract new (...args: never[]) => object) | ((error: unknown) => boolean);

/** What a list of classes and predicates says of an error; throws what a predicate throws. */
export type MatchError = (error: unknown) => boolean;

export function compileMatchers(matchers: readonly ErrorMatcher[]): readonly MatchError[] {
  return matchers.length === 0 ? NO_MATCHERS : matchers.map(compileMatcher);
}

const NO_MATCHERS: readonly MatchError[] = [];

function compileMatcher(matcher: ErrorMatcher): MatchError {
  if (isClass(matcher)) return (error) => error instanceof matcher;
  return (error) => {
    const answer: unknown = matcher(error);
    refusePromise('a predicate', answer);
    return Boolean(answer);
  };
}

function isClass(matcher: ErrorMatcher): matcher is abstract new (...args: never[]) => object {
  const prototype: unknown = matcher.prototype;
  return (
    prototype === Error.prototype ||
    prototype instanceof Error ||
    /^class\b/.test(Function.prototype.toString.call(matcher))
  );
}
