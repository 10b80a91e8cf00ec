import type { Circuit } from '../../src/circuit/circuit.js';
import type { Admission, hasSay } from '../../src/circuit/fence.js';
import type { transition } from '../../src/circuit/transition.js';

/** The rules that are searched: the real ones, or a mutant of them. */
export interface RuleSet {
  readonly transition: typeof transition;
  readonly hasSay: typeof hasSay;
}

/** It is always now: time passes by making everything else older, so that there are only so many worlds. */
export const NOW = 1_000;
/** How much time passes at once. */
export const TICK = 10;

/** Everything that the rules depend on, and what the search knows better than they do. */
export interface World {
  readonly circuit: Circuit;
  /** The calls in flight. */
  readonly calls: readonly Call[];
  /** Which of the settings within the bounds is in force. */
  readonly setting: number;
  /** How many trials of this half-open round have succeeded, each on a lease of its own. */
  readonly wins: number;
  /** The outcomes that had a say since the circuit was closed. */
  readonly history: readonly Outcome[];
}

export interface Call extends Admission {
  /** Whether the circuit is still in the era in which it let the call pass, whatever the epochs say. */
  readonly isOfThisEra: boolean;
}

export interface Outcome {
  readonly failed: boolean;
  readonly ageMs: number;
}
