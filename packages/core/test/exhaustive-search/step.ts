import type { Circuit } from '../../src/circuit/circuit.js';
import type { Ruling } from '../../src/circuit/event.js';
import type { Lease } from '../../src/circuit/lease.js';
import type { Call, World } from './world.js';

/** One thing that happens, and what it makes of the world. */
export interface Step {
  readonly happening: Happening;
  /** The world before it, with the very circuit that the rules were given. */
  readonly before: World;
  readonly after: World;
}

export type Happening = Ask | End | Renewal | Departure | Rule | Change;

/** A call asks; it has passed as a trial where the circuit holds its lease, and else where it is in flight. */
interface Ask {
  readonly type: 'ask';
  readonly lease: Lease;
  readonly passed: boolean;
}

/** A call in flight ends; `isLate` is what the fence says of it. */
export interface End {
  readonly type: 'success' | 'failure' | 'ignore';
  readonly call: Call;
  readonly isLate: boolean;
}

/** A trial begins its next step, and its deadline runs anew. */
interface Renewal {
  readonly type: 'renew';
  readonly call: Call;
  readonly lease: Lease;
}

/** A trial gives its place back while it goes on (`release`), or its holder is gone without a word (`vanish`). */
interface Departure {
  readonly type: 'release' | 'vanish';
  readonly call: Call;
}

/** Somebody rules by hand. */
export interface Rule {
  readonly type: 'rule';
  readonly ruling: Ruling['type'];
}

/** Time passes, or other settings are in force. */
interface Change {
  readonly type: 'tick' | 'configure';
}

/** The call whose lease it is about, where it is about one. */
export function leaseIdOf(happening: Happening): string | undefined {
  return 'call' in happening ? happening.call.leaseId : undefined;
}

/** Whether a call is of this era, and has its place still where it needs one. */
export function mayStillSpeak(circuit: Circuit, { isOfThisEra, leaseId }: Call): boolean {
  return isOfThisEra && (leaseId === undefined || holds(circuit, leaseId));
}

export function holds(circuit: Circuit, leaseId: string | undefined): boolean {
  return circuit.state === 'half-open' && circuit.leases.some(({ id }) => id === leaseId);
}

/** Whether the circuit has begun a new era. */
export function beginsEra({ happening, before, after }: Step): boolean {
  const isClosedAnew = happening.type === 'rule' && happening.ruling === 'close';
  return isClosedAnew || after.circuit.state !== before.circuit.state;
}

export function describeStep({ happening, after }: Step): string {
  const subject = 'call' in happening ? ` of a ${happening.call.leaseId === undefined ? 'call' : 'trial'}` : '';
  const detail = happening.type === 'rule' ? ` ${happening.ruling}` : '';
  return `${happening.type}${detail}${subject} -> ${JSON.stringify(after.circuit)}`;
}
