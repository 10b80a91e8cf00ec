import type { CircuitState } from '../../src/circuit/circuit.js';
import type { Rules } from '../../src/circuit/rules.js';
import type { Bounds } from './bounds.js';
import type { Invariants } from './invariants.js';
import { beginsEra, type Rule, type Step } from './step.js';
import { NOW } from './world.js';

const RULED_STATES = {
  open: 'open',
  'half-open': 'half-open',
  isolate: 'isolated',
  disable: 'disabled',
  close: 'closed',
} as const satisfies Record<Rule['ruling'], CircuitState>;

/** The changes of state that happen by themselves: from, by what, to. */
const LEGAL_CHANGES = [
  'closed failure open',
  'open ask half-open',
  'half-open success closed',
  'half-open failure open',
];

export const CIRCUIT_INVARIANTS: Invariants = {
  'only legal changes of state happen': ({ happening, before, after }) => {
    const { state: from } = before.circuit;
    const { state: to } = after.circuit;
    if (happening.type === 'rule') return to === RULED_STATES[happening.ruling];
    return from === to || LEGAL_CHANGES.includes(`${from} ${happening.type} ${to}`);
  },

  'the epoch grows by one with a new era, and else never': (step) =>
    step.after.circuit.epoch === step.before.circuit.epoch + (beginsEra(step) ? 1 : 0),

  'only rulings move a circuit that somebody isolated or disabled': ({ happening, before, after }) => {
    const isRuled = before.circuit.state === 'isolated' || before.circuit.state === 'disabled';
    return !isRuled || happening.type === 'rule' || after.circuit === before.circuit;
  },

  'trips are those since the circuit was last closed': (step) => step.after.circuit.trips === tripsAfter(step),

  'it is open for as long as its trips say': (step, bounds) => {
    const { circuit } = step.after;
    if (circuit.state !== 'open' || step.before.circuit.state === 'open') return true;
    return circuit.openUntilAt === NOW + rulesOf(step, bounds).openForMs(circuit.trips);
  },

  'a closed circuit begins with nothing remembered': (step, { model }) => {
    const { circuit } = step.after;
    if (circuit.state !== 'closed' || !beginsEra(step)) return true;
    return isSame(circuit.memory, model.policy.initial());
  },

  'nothing to do gives back the very same object': (step) => {
    if (step.after.circuit === step.before.circuit || beginsEra(step) || step.happening.type === 'renew') return true;
    return !isSame(step.after.circuit, step.before.circuit);
  },
};

function tripsAfter({ happening, before, after }: Step): number {
  const { trips } = before.circuit;
  if (after.circuit.state === 'closed') return 0;
  if (after.circuit.state !== 'open' || before.circuit.state === 'open') return trips;
  return happening.type === 'rule' ? Math.max(trips, 1) : trips + 1;
}

export function rulesOf({ before }: Step, bounds: Bounds): Rules {
  return bounds.rules[before.setting] as Rules;
}

/** Whether two pieces of plain data are equal. */
export function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
