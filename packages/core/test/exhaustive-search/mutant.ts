import type { Circuit, CircuitState } from '../../src/circuit/circuit.js';
import type { CircuitEvent } from '../../src/circuit/event.js';
import type { HalfOpenCircuit } from '../../src/circuit/half-open.js';
import type { Rules } from '../../src/circuit/rules.js';
import { isSame } from './invariants-of-circuits.js';
import type { RuleSet } from './world.js';

/** Rules with one thing wrong. */
export interface Mutant {
  /** What is wrong with them. */
  readonly name: string;
  /** The invariant that shows it first. */
  readonly breaks: string;
  of(rules: RuleSet): RuleSet;
}

type CircuitIn<S extends CircuitState> = Extract<Circuit, { state: S }>;
type EventOf<T, E = CircuitEvent> = E extends { readonly type: infer U } ? (T extends U ? E : never) : never;

/** What the rules do with a circuit, unless told of another one, another event, time or rules. */
type Real = (instead?: Partial<{ circuit: Circuit; event: CircuitEvent; now: number; rules: Rules }>) => Circuit;

interface Cell<S extends CircuitState, T extends CircuitEvent['type']> {
  readonly circuit: CircuitIn<S>;
  readonly event: EventOf<T>;
  readonly now: number;
  readonly rules: Rules;
  readonly real: Real;
}

/** Changes one cell of the table. */
export function when<S extends CircuitState, T extends CircuitEvent['type']>(
  state: S,
  type: T,
  become: (cell: Cell<S, T>) => Circuit,
): (rules: RuleSet) => RuleSet {
  return (ruleSet) => ({
    ...ruleSet,
    transition: (circuit, event, now, rules) => {
      const real: Real = (instead = {}) =>
        ruleSet.transition(
          instead.circuit ?? circuit,
          instead.event ?? event,
          instead.now ?? now,
          instead.rules ?? rules,
        );
      if (circuit.state !== state || event.type !== type) return real();
      return become({ circuit: circuit as CircuitIn<S>, event: event as EventOf<T>, now, rules, real });
    },
  });
}

/** Changes what becomes of a circuit, whatever happens to it. */
export function always(become: (before: Circuit, after: Circuit) => Circuit): (rules: RuleSet) => RuleSet {
  return (ruleSet) => ({
    ...ruleSet,
    transition: (circuit, ...rest) => become(circuit, ruleSet.transition(circuit, ...rest)),
  });
}

/** The same circuit but for some facts; the very same object where it has them already. */
export function tampered<C extends Circuit>(circuit: C, facts: object): C {
  const changed = { ...circuit, ...facts };
  return isSame(changed, circuit) ? circuit : changed;
}

/** The same, where it is half-open. */
export function half(circuit: Circuit, facts: Partial<HalfOpenCircuit>): Circuit {
  return circuit.state === 'half-open' ? tampered(circuit, facts) : circuit;
}
