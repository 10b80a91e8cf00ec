import { show } from '../check.js';
import { CircuitOpenError } from '../errors/circuit-open-error.js';
import type { FaultReporter } from '../open-for.js';
import { refusePromise } from '../promise-like.js';
import { type ErrorMatcher, matches } from './error-matcher.js';
import type { Classify, Outcome, Verdict } from './outcome.js';

/** What outcomes are judged by. */
export interface Jury {
  readonly classify: Classify | undefined;
  readonly exclude: readonly ErrorMatcher[];
  readonly ignore: readonly ErrorMatcher[];
}

/** Judges an outcome: by `classify`, `exclude`, `ignore`, and then by the rule; one that throws is passed over. */
export function judge(outcome: Outcome, { classify, exclude, ignore }: Jury, faults: FaultReporter): Verdict {
  const verdict = classify && askClassifier(classify, outcome, faults);
  if (verdict !== undefined) return verdict;
  if (!outcome.threw) return 'success';
  if (matchesAny(exclude, outcome.error, 'exclude', faults)) return 'success';
  if (matchesAny(ignore, outcome.error, 'ignore', faults)) return 'ignore';
  return outcome.error instanceof CircuitOpenError ? 'ignore' : 'failure';
}

function askClassifier(classify: Classify, outcome: Outcome, faults: FaultReporter): Verdict | undefined {
  try {
    const verdict = classify(outcome);
    refusePromise('classify', verdict);
    if (verdict === undefined || verdict === 'success' || verdict === 'failure' || verdict === 'ignore') return verdict;
    throw new TypeError(`classify must answer 'success', 'failure', 'ignore' or undefined, but gave ${show(verdict)}`);
  } catch (error) {
    faults.report(error, 'classify');
    return undefined;
  }
}

function matchesAny(matchers: readonly ErrorMatcher[], error: unknown, option: string, faults: FaultReporter): boolean {
  // To iterate over a frozen array takes memory, even where it is empty.
  if (matchers.length === 0) return false;
  for (const matcher of matchers) {
    try {
      if (matches(matcher, error)) return true;
    } catch (fault) {
      faults.report(fault, option);
    }
  }
  return false;
}
