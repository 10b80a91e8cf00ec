import { beforeEach, describe, expect, it } from 'vitest';
import { closedRecord, halfOpenRecord, NOW, openRecord, TERMS } from '../../test/fleet-records.js';
import type { FleetRecord } from './record.js';
import { Settlements } from './settlements.js';
import { View } from './view.js';

const HELD = halfOpenRecord({ need: 3 });

let view: View;
let settlements: Settlements;

beforeEach(() => {
  view = new View(() => NOW, Math.random);
  view.adopt(HELD);
  settlements = new Settlements(view);
});

const take = () => settlements.take((reason) => `era ${reason}`);

/** What becomes of the record, and in which era; `undefined` where there is nothing to commit. */
function written(): FleetRecord | undefined {
  const proposals = take();
  if (proposals.length === 0) return undefined;
  return proposals.reduce<FleetRecord>((record, { change }) => change(record, NOW, TERMS), HELD);
}

function adopt(record: FleetRecord | undefined): void {
  view.adopt(record);
  settlements.viewChanged();
}

describe('how a trial ended', () => {
  it.each([
    ['success', { state: 'half-open', successes: 1, leases: [] }],
    ['failure', { state: 'open', trips: 2, era: 'era trial-failed' }],
    ['ignore', { state: 'half-open', successes: 0, leases: [] }],
  ] as const)('is told by its lease: %s', (verdict, expected) => {
    settlements.add('mine', verdict);
    expect(written()).toMatchObject(expected);
  });

  it('is told once', () => {
    settlements.add('mine', 'success');
    expect(take()).toHaveLength(1);
    expect(take()).toEqual([]);
  });

  it('is not told where its lease is not in the record', () => {
    settlements.add('another', 'success');
    expect(written()).toBeUndefined();
  });

  it('is forgotten when its lease is gone', () => {
    settlements.add('mine', 'failure');
    adopt(openRecord());
    adopt(HELD);
    expect(written()).toBeUndefined();
  });

  it('waits while its lease stands', () => {
    settlements.add('mine', 'failure');
    adopt(halfOpenRecord({ need: 3, revision: 8 }));
    expect(written()).toBeDefined();
  });
});

describe('another storage', () => {
  it('is told again', () => {
    settlements.add('mine', 'success');
    take();
    settlements.storageChanged();
    expect(take()).toHaveLength(1);
  });

  it('that is back hears of the leases that it held when it went', () => {
    view.left = view.record;
    settlements.storageChanged();
    settlements.add('mine', 'success');
    expect(take()).toHaveLength(1);
    adopt(closedRecord({ epoch: 5 }));
    view.left = undefined;
    settlements.storageChanged();
    adopt(HELD);
    expect(take()).toHaveLength(1);
  });

  it('that was forgotten meanwhile does not', () => {
    view.left = view.record;
    settlements.storageChanged();
    settlements.add('mine', 'success');
    view.left = undefined;
    settlements.storageChanged();
    adopt(undefined);
    adopt(HELD);
    expect(take()).toEqual([]);
  });
});
