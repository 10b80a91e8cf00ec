import { checkSynchronous } from '../check.js';
import { refusePromise } from '../promise-like.js';

/** An error class, or a predicate that says whether an error is meant. A predicate must be synchronous. */
export type ErrorMatcher = (abstract new (...args: never[]) => object) | ((error: unknown) => boolean);

/** What a list of classes and predicates says of an error; throws what a predicate throws. */
export type MatchError = (error: unknown) => boolean;

export function compileMatchers(name: string, matchers: readonly ErrorMatcher[]): readonly MatchError[] {
  if (matchers.length === 0) return NO_MATCHERS;
  return matchers.map((matcher, index) => {
    checkSynchronous(`${name}[${index}]`, matcher);
    return compileMatcher(matcher);
  });
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
