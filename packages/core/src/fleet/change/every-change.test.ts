import fc from 'fast-check';
import { expect, it } from 'vitest';
import { anyChange, anyRecord, anyTerms, DRAWN, type NamedChange, near } from '../../../test/arbitrary-changes.js';
import { deepFreeze } from '../../../test/deep-freeze.js';
import { type FleetRecord, isSameEpoch } from '../record.js';
import type { Terms } from './change.js';
import { inOneWrite } from './write.js';

/** Runs every change to every record, which is frozen, at any time. */
function ofEveryChange(
  rule: (before: FleetRecord, after: FleetRecord, by: NamedChange, now: number, terms: Terms) => void,
) {
  fc.assert(
    fc.property(anyRecord, anyChange, near, anyTerms, (record, by, now, terms) => {
      const before = deepFreeze(record);
      rule(before, by.change(before, now, terms), by, now, terms);
    }),
    { numRuns: 600 },
  );
}

it('gives the same record however often it is run, and leaves what it was given alone', () => {
  ofEveryChange((before, after, { change }, now, terms) => {
    const copy = structuredClone(before);
    expect(change(before, now, terms)).toStrictEqual(after);
    expect(before).toStrictEqual(copy);
  });
});

it('gives plain JSON', () => {
  ofEveryChange((_, after) => expect(JSON.parse(JSON.stringify(after))).toStrictEqual(after));
});

it('gives the very same object where there is nothing to do', () => {
  ofEveryChange((before, after, { kind }) => {
    if (kind === 'report' || after === before) return;
    expect({ ...after, changedAt: 0, era: '' }).not.toStrictEqual({ ...before, changedAt: 0, era: '' });
  });
});

it('begins an epoch with a change of state or a close, above every other, and never else', () => {
  ofEveryChange((before, after, { kind }, _, { highestEpoch }) => {
    if (kind === 'teach') return;
    if (after.state === before.state && kind !== 'close') expect(isSameEpoch(after, before)).toBe(true);
    else expect(after).toMatchObject({ epoch: Math.max(before.epoch, highestEpoch) + 1, era: DRAWN });
  });
});

it('makes an open circuit half-open only when it is due, but for a ruling', () => {
  ofEveryChange((before, after, { kind }, now) => {
    if (kind === 'teach' || kind === 'half-open') return;
    if (before.state !== 'open' || after.state !== 'half-open') return;
    expect(now >= before.openUntilAt || now < before.changedAt - 1_000).toBe(true);
  });
});

it('grants no more leases than there are places', () => {
  ofEveryChange((_, after) => {
    if (after.state === 'half-open') expect(after.leases.length).toBeLessThanOrEqual(after.limit);
  });
});

it('writes, together with others, a record that is newer, or nothing', () => {
  fc.assert(
    fc.property(anyRecord, fc.array(anyChange, { maxLength: 3 }), near, anyTerms, (record, named, now, terms) => {
      const stored = deepFreeze(record);
      const changes = named.map(({ change }) => change);
      const run = () => inOneWrite(changes, (apply) => apply(terms))(stored, now) as FleetRecord | undefined;
      const written = run();
      expect(run()).toStrictEqual(written);
      if (written === undefined) return;
      expect(written.epoch).toBeGreaterThanOrEqual(stored.epoch);
      expect(written.revision).toBeGreaterThan(stored.revision);
    }),
    { numRuns: 400 },
  );
});
