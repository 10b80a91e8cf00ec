import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FAILURE, SLOW_FAILURE, SLOW_SUCCESS, SUCCESS } from '../../test/tallies.js';
import { consecutiveFailures } from '../policy/consecutive-failures.js';
import { failureCount } from '../policy/failure-count.js';
import { failureRate } from '../policy/failure-rate.js';
import { lastCalls } from '../policy/last-calls.js';
import type { TripPolicy } from '../policy/trip-policy.js';
import type { Circuit } from './circuit.js';
import { closedCircuit } from './closed.js';
import type { CircuitEvent } from './event.js';
import type { Rules } from './rules.js';
import { transition } from './transition.js';

const POLICIES = [
  () => consecutiveFailures(2),
  () => lastCalls({ size: 4, threshold: 0.5, minimumCalls: 2 }),
  () => failureCount({ threshold: 2, windowMs: 100 }),
  () => failureRate({ threshold: 0.5, windowMs: 100, minimumCalls: 2, slowCallMs: 10 }),
];

const leaseIds = fc.constantFrom('a', 'b', 'c');
const leases = fc.record({ id: leaseIds, expiresAt: fc.integer({ min: 0, max: 2_000 }) });
const events: fc.Arbitrary<CircuitEvent> = fc.oneof(
  fc.record({ type: fc.constantFrom('call' as const, 'trial-renewed' as const), lease: leases }),
  fc.record({
    type: fc.constant('outcome' as const),
    tally: fc.constantFrom(SUCCESS, FAILURE, SLOW_SUCCESS, SLOW_FAILURE),
  }),
  fc.record({ type: fc.constant('trip' as const) }),
  fc.record({
    type: fc.constantFrom('trial-succeeded' as const, 'trial-failed' as const, 'trial-ignored' as const),
    leaseId: leaseIds,
  }),
  fc.record({ type: fc.constantFrom('open', 'half-open', 'isolate', 'disable', 'close' as const) }),
);
const steps = fc.array(fc.record({ event: events, gap: fc.integer({ min: 0, max: 60 }) }), { maxLength: 60 });
const rulesOf = fc
  .record({ makePolicy: fc.constantFrom(...POLICIES), maxTrials: fc.nat(2), successThreshold: fc.nat(2) })
  .map(
    ({ makePolicy, maxTrials, successThreshold }): Rules => ({
      policy: makePolicy() as TripPolicy,
      maxTrials: maxTrials + 1,
      successThreshold: successThreshold + 1,
      openForMs: (trips) => 20 * trips,
    }),
  );

function throughJson(circuit: Circuit): Circuit {
  return JSON.parse(JSON.stringify(circuit));
}

describe('transition, by any sequence of events', () => {
  it('makes of a circuit that went through JSON at every step what it makes of one that never did', () => {
    fc.assert(
      fc.property(rulesOf, steps, (rules, sequence) => {
        let now = 0;
        let kept: Circuit = closedCircuit(0, rules.policy);
        let sent = throughJson(kept);
        for (const { event, gap } of sequence) {
          now += gap;
          kept = transition(kept, event, now, rules);
          sent = throughJson(transition(sent, event, now, rules));
          expect(sent).toEqual(kept);
        }
      }),
    );
  });

  it('lets the epoch grow by one with a change of state or a close, and never else', () => {
    fc.assert(
      fc.property(rulesOf, steps, (rules, sequence) => {
        let now = 0;
        let circuit: Circuit = closedCircuit(0, rules.policy);
        for (const { event, gap } of sequence) {
          now += gap;
          const before = { state: circuit.state, epoch: circuit.epoch };
          circuit = transition(circuit, event, now, rules);
          const isNew = circuit.state !== before.state || event.type === 'close';
          expect(circuit.epoch).toBe(before.epoch + (isNew ? 1 : 0));
        }
      }),
    );
  });

  it('never has more leases, nor as many successes, as the round allows', () => {
    fc.assert(
      fc.property(rulesOf, steps, (rules, sequence) => {
        let now = 0;
        let circuit: Circuit = closedCircuit(0, rules.policy);
        for (const { event, gap } of sequence) {
          now += gap;
          circuit = transition(circuit, event, now, rules);
          if (circuit.state !== 'half-open') continue;
          expect(circuit.leases.length).toBeLessThanOrEqual(circuit.limit);
          expect(circuit.successes).toBeLessThan(circuit.need);
        }
      }),
    );
  });
});
