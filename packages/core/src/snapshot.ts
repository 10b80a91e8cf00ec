import type { CircuitState } from './circuit/circuit.js';
import { retryAfterMs } from './circuit/retry-after.js';
import type { Shell } from './shell.js';

/** A breaker as people look at it: plain data. */
export interface CircuitSnapshot {
  readonly name: string;
  readonly state: CircuitState;
  /** Whose state it is: this process's own circuit, or the one that the fleet shares. */
  readonly scope: 'process' | 'fleet';
  /** Grows by one at every change of state, and at a `close()`. */
  readonly epoch: number;
  /** Failures that count towards the next trip: those that the policy of a closed circuit remembers. */
  readonly failures: number;
  /** Successes that count towards closing: those of this half-open round. */
  readonly successes: number;
  /** Trips since the circuit was last closed. */
  readonly trips: number;
  /** Until when the circuit is open, by this process's clock; `undefined` where it is not. */
  readonly openUntilAt: number | undefined;
  /** How long until a call may pass, in milliseconds, 0 where it is due; `undefined` where calls pass, or only a ruling lets them. */
  readonly retryAfterMs: number | undefined;
  /** Whether the storage is out of reach, so that this process goes on alone. */
  readonly degraded: boolean;
}

export function takeSnapshot(shell: Shell): CircuitSnapshot {
  const { name, fleet } = shell;
  fleet?.use();
  const { shown: circuit, scope } = shell;
  const degraded = fleet?.isDegraded === true;
  const now = shell.now();
  const failures = scope === 'process' ? shell.own.failures(now) : 0;
  shell.deliver();
  return {
    name,
    state: circuit.state,
    scope,
    epoch: circuit.epoch,
    failures,
    successes: circuit.state === 'half-open' ? circuit.successes : 0,
    trips: circuit.trips,
    openUntilAt: circuit.state === 'open' ? circuit.openUntilAt : undefined,
    retryAfterMs: retryAfterMs(circuit, now),
    degraded,
  };
}
