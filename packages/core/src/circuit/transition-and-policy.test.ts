import { describe, expect, it } from 'vitest';
import { FAILURE, SLOW_SUCCESS, SUCCESS } from '../../test/tallies.js';
import { RULES } from '../../test/transition-table/case.js';
import { failureRate } from '../policy/failure-rate.js';
import { lastCalls } from '../policy/last-calls.js';
import type { TripPolicy } from '../policy/trip-policy.js';
import type { Circuit } from './circuit.js';
import { closedCircuit } from './closed.js';
import { transition } from './transition.js';

const SLOW_CALLS = failureRate({ threshold: 0.5, windowMs: 100, minimumCalls: 2, slowCallMs: 10 }) as TripPolicy;

/** A policy that notes at what time it is asked. */
class NotesTimes implements TripPolicy<number> {
  readonly key = 'notes-times';
  readonly times: number[] = [];

  constructor(readonly windowMs?: number) {}

  initial(): number {
    return 0;
  }

  record(memory: number, _tally: unknown, now: number): number {
    this.times.push(now);
    return memory + 1;
  }

  trips(_memory: number, now: number): boolean {
    this.times.push(now);
    return true;
  }
}

describe('transition, with a trip policy', () => {
  it('gives the same object where the policy changes its memory in place', () => {
    const rules = { ...RULES, policy: lastCalls({ size: 3, threshold: 1 }) as TripPolicy };
    const circuit = closedCircuit(0, rules.policy);
    expect(transition(circuit, { type: 'outcome', tally: FAILURE }, 0, rules)).toBe(circuit);
    expect(circuit.memory).toMatchObject({ outcomes: [1], failures: 1 });
  });

  it('trips on slow calls alone, where the policy minds them', () => {
    const rules = { ...RULES, policy: SLOW_CALLS };
    let circuit: Circuit = closedCircuit(0, rules.policy);
    for (const tally of [SUCCESS, SLOW_SUCCESS]) circuit = transition(circuit, { type: 'outcome', tally }, 50, rules);
    expect(transition(circuit, { type: 'trip' }, 50, rules)).toStrictEqual({
      state: 'open',
      epoch: 1,
      trips: 1,
      openUntilAt: 60,
    });
  });

  it('does not trip on outcomes that have left the window meanwhile', () => {
    const rules = { ...RULES, policy: SLOW_CALLS };
    let circuit: Circuit = closedCircuit(0, rules.policy);
    for (const tally of [FAILURE, FAILURE]) circuit = transition(circuit, { type: 'outcome', tally }, 50, rules);
    expect(transition(circuit, { type: 'trip' }, 150, rules)).toBe(circuit);
  });

  it('tells a policy with a window the time, and one without it 0', () => {
    for (const [policy, time] of [
      [new NotesTimes(100), 50],
      [new NotesTimes(), 0],
    ] as const) {
      const rules = { ...RULES, policy: policy as TripPolicy };
      const circuit = transition(closedCircuit(0, rules.policy), { type: 'outcome', tally: FAILURE }, 50, rules);
      transition(circuit, { type: 'trip' }, 50, rules);
      expect(policy.times).toEqual([time, time]);
    }
  });

  it('counts from the beginning after another policy, even where the two memories look alike', () => {
    const rules = { ...RULES, policy: new NotesTimes() as TripPolicy };
    const circuit: Circuit = { state: 'closed', epoch: 3, trips: 0, policyKey: 'another', memory: 1 };
    expect(transition(circuit, { type: 'outcome', tally: FAILURE }, 0, rules)).toStrictEqual({
      ...circuit,
      policyKey: 'notes-times',
    });
  });
});
