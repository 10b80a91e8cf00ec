import type { CircuitState } from '@breaker/core';
import { expect } from 'vitest';
import { CIRCUIT, type Fleet, type StoredCircuit } from './fleet.js';

const LEGAL: Readonly<Record<CircuitState, readonly CircuitState[]>> = {
  closed: ['open'],
  open: ['half-open'],
  'half-open': ['open', 'closed'],
  isolated: [],
  disabled: [],
};

/** Every record as it was written, in order, seen past all faults. */
export class History {
  readonly records: StoredCircuit[] = [];
  readonly #fleet: Fleet;

  constructor(fleet: Fleet) {
    this.#fleet = fleet;
    fleet.storage.subscribe(CIRCUIT, (record) => {
      if (record !== undefined) this.records.push(record as StoredCircuit);
    });
  }

  /** Numbers grow, one era an epoch, only legal changes but by hand, leases within the limit. */
  expectSound(maxTrials: number, ruled: ReadonlySet<CircuitState>): void {
    let before: StoredCircuit = { schema: 1, epoch: 0, revision: 0, state: 'closed', trips: 0, changedAt: 0 };
    const eras = new Map<string, number>();
    for (const record of this.records) {
      expect(record.revision).toBeGreaterThan(before.revision);
      expect(record.epoch).toBeGreaterThanOrEqual(before.epoch);
      if (record.epoch === before.epoch) {
        expect([record.state, record.era]).toEqual([before.state, before.era]);
      } else {
        if (ruled.size === 0) expect(record.epoch).toBe(before.epoch + 1);
        const legal: readonly CircuitState[] = [...LEGAL[before.state], ...ruled];
        expect(legal, `${before.state} > ${record.state}`).toContain(record.state);
        expect(eras.has(record.era ?? '')).toBe(false);
        eras.set(record.era ?? '', record.epoch);
        if (ruled.size === 0) expectDue(before, record);
      }
      const live = (record.leases ?? []).filter(({ expiresAt }) => expiresAt > record.changedAt);
      expect(live.length).toBeLessThanOrEqual(maxTrials);
      before = record;
    }
  }

  /** Each process was told of changes that were made, in order, each once, and locally by one process only. */
  expectTold(areRuled: boolean): void {
    const states = new Map<number, CircuitState>([[0, 'closed']]);
    for (const { epoch, state } of this.records) states.set(epoch, state);
    const makers = new Set<number>();
    for (const { recorder } of this.#fleet.members) {
      let last = -1;
      for (const { epoch, to, origin, scope } of recorder.of('state-change')) {
        if (scope === 'process') continue;
        expect(epoch).toBeGreaterThan(last);
        last = epoch;
        // Rulings that one commit joined have epochs that no record shows.
        expect(to).toBe(states.get(epoch) ?? (areRuled ? to : 'no state'));
        if (origin === 'local') {
          expect(makers.has(epoch)).toBe(false);
          makers.add(epoch);
        }
      }
    }
  }
}

/** What no hand has changed was due by the storage's clock. */
function expectDue(before: StoredCircuit, record: StoredCircuit): void {
  const change = `${before.state}>${record.state}`;
  const { openUntilAt = Number.NaN, hearingEndsAt = Number.NaN } = before;
  if (change === 'open>half-open') expect(record.changedAt).toBeGreaterThanOrEqual(openUntilAt);
  if (change === 'closed>open') expect(record.changedAt).toBeGreaterThanOrEqual(hearingEndsAt);
  if (record.state === 'open') expect(record.trips).toBe(before.trips + 1);
  if (record.state === 'closed') expect(record.trips).toBe(0);
}
