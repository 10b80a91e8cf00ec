/** How a call ended: with a value, or by throwing. `durationMs` is how long it took, in milliseconds. */
export type Outcome = ValueOutcome | ErrorOutcome;

/** A call that gave a value. */
export interface ValueOutcome {
  readonly threw: false;
  readonly value: unknown;
  readonly durationMs: number;
}

/** A call that threw. */
export interface ErrorOutcome {
  readonly threw: true;
  readonly error: unknown;
  readonly durationMs: number;
}

/** What an outcome counts as. `ignore`: it says nothing about the dependency, and leaves no trace but its count. */
export type Verdict = 'success' | 'failure' | 'ignore';

/** The option `classify`: `undefined` leaves the outcome to `exclude`, `ignore` and the rule. */
export type Classify = (outcome: Outcome) => Verdict | undefined;
