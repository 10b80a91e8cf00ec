import type { ClosedCircuit } from './closed.js';
import type { DisabledCircuit } from './disabled.js';
import type { HalfOpenCircuit } from './half-open.js';
import type { IsolatedCircuit } from './isolated.js';
import type { OpenCircuit } from './open.js';

/**
 * A circuit as plain, JSON-safe data; each state carries only what it needs.
 *
 * Every one has its `epoch`, which grows by one at each change of state and each `close`, and `trips`, the number of
 * trips since the circuit was last closed.
 */
export type Circuit = ClosedCircuit | OpenCircuit | HalfOpenCircuit | IsolatedCircuit | DisabledCircuit;

/**
 * - `closed`: calls pass, and their outcomes are remembered;
 * - `open`: calls are rejected until the circuit is due;
 * - `half-open`: a few calls pass as trials;
 * - `isolated`: held open by hand until `close()`;
 * - `disabled`: every call passes and no outcome changes the circuit, until `close()`.
 */
export type CircuitState = 'closed' | 'open' | 'half-open' | 'isolated' | 'disabled';
