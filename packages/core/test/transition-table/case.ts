import type { Circuit } from '../../src/circuit/circuit.js';
import type { CircuitEvent } from '../../src/circuit/event.js';
import type { Rules } from '../../src/circuit/rules.js';
import { consecutiveFailures } from '../../src/policy/consecutive-failures.js';
import type { TripPolicy } from '../../src/policy/trip-policy.js';

/** The instant of every case. */
export const NOW = 1_000;

/** A case of one cell of the table; where `becomes` is not given, nothing does: the very same object comes back. */
export interface Case {
  readonly when?: string;
  readonly circuit: Circuit;
  readonly event: CircuitEvent;
  readonly rules?: Partial<Rules>;
  readonly becomes?: Circuit;
}

/** One state's row: the cases of every type of event. */
export type Row = Record<CircuitEvent['type'], readonly Case[]>;

/** A circuit is open ten times as long as it has trips. */
export const RULES: Rules = {
  policy: consecutiveFailures(3) as TripPolicy,
  maxTrials: 2,
  successThreshold: 2,
  openForMs: (trips) => 10 * trips,
};
