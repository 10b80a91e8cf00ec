import fc from 'fast-check';
import { acquire } from '../src/fleet/change/acquire.js';
import type { Change, Terms } from '../src/fleet/change/change.js';
import { force } from '../src/fleet/change/force.js';
import { report } from '../src/fleet/change/report.js';
import { settle } from '../src/fleet/change/settle.js';
import { teach } from '../src/fleet/change/teach.js';
import type { FleetRecord } from '../src/fleet/record.js';
import { failureRate } from '../src/index.js';
import type { TripPolicy } from '../src/policy/trip-policy.js';
import { manyOutcomes } from './arbitrary-tallies.js';
import { closedRecord, halfOpenRecord, NOW, openRecord, ruledRecord, TERMS } from './fleet-records.js';

/** Instants about now, near enough for everything to be over or not, and for a step of the clock. */
export const near = fc.integer({ min: NOW - 3_000, max: NOW + 3_000 });
const id = fc.constantFrom('a', 'b', 'c');
const lease = fc.record({ id, expiresAt: near }, { noNullPrototype: true });
const numbers = {
  epoch: fc.integer({ min: 1, max: 6 }),
  revision: fc.integer({ min: 1, max: 9 }),
  changedAt: near,
};

export const anyRecord: fc.Arbitrary<FleetRecord> = fc.oneof(
  fc
    .record({ ...numbers, memory: fc.integer({ min: 0, max: 4 }), hearingEndsAt: fc.option(near, { nil: undefined }) })
    .map(({ hearingEndsAt, ...fields }) =>
      closedRecord(hearingEndsAt === undefined ? fields : { ...fields, hearingEndsAt }),
    ),
  fc.record({ ...numbers, openUntilAt: near }).map(openRecord),
  fc
    .record({
      ...numbers,
      limit: fc.integer({ min: 1, max: 3 }),
      need: fc.integer({ min: 1, max: 3 }),
      leases: fc.uniqueArray(lease, { maxLength: 3, selector: (each) => each.id }),
    })
    .map((fields) => halfOpenRecord({ ...fields, leases: fields.leases.slice(0, fields.limit) })),
  fc
    .tuple(fc.record(numbers), fc.constantFrom('isolated' as const, 'disabled' as const))
    .map(([fields, state]): FleetRecord => ({ ...ruledRecord(state), ...fields })),
);

/** A change, and what kind it is. */
export interface NamedChange {
  readonly kind: string;
  readonly change: Change;
}

/** The era that every change has drawn. */
export const DRAWN = 'era-new';
const tallies = fc.array(manyOutcomes, { maxLength: 2 }).map((many) => many.map(({ tally }) => tally));

export const anyChange: fc.Arbitrary<NamedChange> = fc.oneof(
  fc
    .tuple(tallies, numbers.epoch)
    .map(([told, epoch]) => ({ kind: 'report', change: report({ tallies: told }, { epoch, era: 'era-4' }, DRAWN) })),
  fc.constant({ kind: 'acquire', change: acquire('new', 500, DRAWN) }),
  id.map((leaseId) => ({ kind: 'release', change: settle(leaseId, 'ignore') })),
  fc
    .tuple(id, fc.constantFrom('success' as const, 'failure' as const))
    .map(([leaseId, verdict]) => ({ kind: 'settle', change: settle(leaseId, verdict, DRAWN) })),
  fc
    .constantFrom('open' as const, 'half-open' as const, 'isolate' as const, 'disable' as const, 'close' as const)
    .map((type) => ({ kind: type, change: force({ type }, DRAWN) })),
  anyRecord.map((lesson) => ({ kind: 'teach', change: teach(lesson) })),
);

const rate = failureRate({ threshold: 0.5, windowMs: 500, minimumCalls: 2 }) as TripPolicy;
export const anyTerms: fc.Arbitrary<Terms> = fc
  .record({
    policy: fc.constantFrom(TERMS.rules.policy, rate),
    hearingMs: fc.constantFrom(0, 150),
    highestEpoch: fc.integer({ min: 0, max: 8 }),
  })
  .map(({ policy, ...terms }) => ({ ...terms, rules: { ...TERMS.rules, policy } }));
