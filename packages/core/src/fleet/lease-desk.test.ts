import { beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../test/fake-clock.js';
import { halfOpenRecord, openRecord, RECORDS, TERMS } from '../../test/fleet-records.js';
import { letPromisesRun } from '../../test/let-promises-run.js';
import { CircuitStorageError } from '../index.js';
import { Settings } from '../settings.js';
import type { FleetHost } from './fleet-host.js';
import { type HeldLease, LeaseDesk } from './lease-desk.js';
import type { Proposal } from './proposal.js';
import type { FleetRecord } from './record.js';
import { View } from './view.js';

const TRIAL_MS = 10_000;

let clock: FakeClock;
let view: View;
let desk: LeaseDesk;
let returned: string[];

beforeEach(() => {
  clock = new FakeClock(1_000);
  view = new View(() => clock.now(), Math.random);
  view.adopt(openRecord({ changedAt: 0, openUntilAt: 900 }));
  returned = [];
  const settings = Settings.of({ clock, trialTimeoutMs: TRIAL_MS });
  desk = new LeaseDesk({ settings } as FleetHost, view, (leaseId) => returned.push(leaseId));
});

const take = () => desk.take((reason) => `era ${reason}`);

/** What a storage makes of proposals. */
const write = (stored: FleetRecord, proposals: readonly Proposal[]) =>
  proposals.reduce((record, { change }) => change(record, clock.now(), TERMS), stored);

/** What was proposed has been committed, and led to that record. */
function commit(proposals: readonly Proposal[], record: FleetRecord): void {
  view.adopt(record);
  for (const { committed } of proposals) committed?.();
}

function fail(proposals: readonly Proposal[]): void {
  const error = new CircuitStorageError('orders', { reason: 'timeout', mayHaveBeenApplied: true });
  for (const { failed } of proposals) failed?.(error);
}

/** Asks, sends, and is granted what was sent. */
function grant(): HeldLease {
  void desk.ask();
  const deadlineAt = clock.now() + 0.99 * TRIAL_MS;
  const proposals = take();
  const record = write(halfOpenRecord({ leases: [], changedAt: 0 }), proposals.slice(1));
  commit(proposals, record);
  const [lease] = (record as { leases?: readonly { id: string }[] }).leases ?? [];
  return { id: lease?.id as string, deadlineAt };
}

describe('asking for a lease', () => {
  it('is one question, however many ask', () => {
    expect(desk.isBusy).toBe(false);
    expect(desk.ask()).toBe(desk.ask());
    expect(desk.isBusy).toBe(true);
  });

  it('settles for all when it is answered, with a lease or without', async () => {
    for (const lease of [{ id: 'granted', deadlineAt: 5_000 }, undefined]) {
      const settled: number[] = [];
      for (const asker of [1, 2]) void desk.ask().then(() => settled.push(asker));
      await letPromisesRun();
      expect(settled).toEqual([]);
      desk.answer(lease);
      await letPromisesRun();
      expect(settled).toEqual([1, 2]);
      expect(desk.isBusy).toBe(false);
    }
  });
});

describe('the question', () => {
  it('is sent once, and only where somebody asks', () => {
    expect(take()).toEqual([]);
    void desk.ask();
    expect(take()).toHaveLength(2);
    expect(take()).toEqual([]);
  });

  it('begins from what this process knows where the storage has forgotten', () => {
    void desk.ask();
    const forgetful = write({ ...openRecord(), epoch: 1, revision: 1 }, take());
    expect(forgetful).toMatchObject({ state: 'half-open', epoch: 5, era: 'era trial-due', leases: [{}] });
  });

  it('names a lease of its own, whose holder stops a bit before it lapses, counted from now', () => {
    const [one, other] = [grant(), grant()];
    expect(desk.use()).toEqual({ id: other.id, deadlineAt: 1_000 + 9_900 });
    expect(other.id).not.toBe(one.id);
  });

  it('is answered by what the view shows: where others were granted every place, without a lease', () => {
    void desk.ask();
    const proposals = take();
    commit(proposals, halfOpenRecord());
    expect([desk.isBusy, desk.use()]).toEqual([false, undefined]);
  });

  it('is answered without being sent where the circuit has no trials to give', () => {
    for (const record of [undefined, ...RECORDS]) {
      view.adopt(record);
      void desk.ask();
      const isSent = take().length > 0;
      expect(isSent).toBe(record?.state === 'open' || record?.state === 'half-open');
      expect(desk.isBusy).toBe(isSent);
      desk.answer(undefined);
    }
  });

  it('is sent again to another storage, and after an answer to the next one who asks', () => {
    void desk.ask();
    take();
    desk.storageChanged();
    expect(take()).toHaveLength(2);
    desk.answer(undefined);
    expect(take()).toEqual([]);
    void desk.ask();
    expect(take()).toHaveLength(2);
  });

  it('that has failed is answered without a lease, unless another storage takes it', () => {
    void desk.ask();
    const first = take();
    desk.storageChanged();
    fail(first);
    expect(desk.isBusy).toBe(true);
    fail(take());
    expect(desk.isBusy).toBe(false);
  });
});

describe('a lease that was granted', () => {
  it('goes to whoever comes first, once', () => {
    const lease = grant();
    expect(desk.hasUnused(clock.now())).toBe(true);
    expect(desk.use()).toEqual(lease);
    expect(desk.use()).toBeUndefined();
    expect(desk.hasUnused(clock.now())).toBe(false);
  });

  it('is given back after a second without use, and no timer is left', () => {
    const lease = grant();
    clock.advance(999);
    expect(returned).toEqual([]);
    clock.advance(1);
    expect(returned).toEqual([lease.id]);
    expect(desk.hasUnused(clock.now())).toBe(false);
    expect(clock.pending).toBe(0);
  });

  it('is not given back once it is in use', () => {
    grant();
    desk.use();
    expect(clock.pending).toBe(0);
    desk.returnUnused();
    expect(returned).toEqual([]);
  });

  it('can be given back at once', () => {
    const lease = grant();
    desk.returnUnused();
    expect(returned).toEqual([lease.id]);
    expect(clock.pending).toBe(0);
  });
});

it('there is no lease where none was granted', () => {
  void desk.ask();
  desk.answer(undefined);
  expect([desk.hasUnused(0), desk.use(), clock.pending]).toEqual([false, undefined, 0]);
});

describe('a lease that is renewed', () => {
  /** One that is in use, with so much of it over. */
  function inUse(overMs: number): HeldLease {
    const { id } = grant();
    const lease = desk.use() as HeldLease;
    expect(lease.id).toBe(id);
    clock.advance(overMs);
    return lease;
  }

  const renewed = (lease: HeldLease, proposals: readonly Proposal[]) =>
    write(halfOpenRecord({ leases: [{ id: lease.id, expiresAt: lease.deadlineAt }], changedAt: 0 }), proposals);

  it('is one of which less than half is left', () => {
    const lease = inUse(4_900);
    desk.renew(lease);
    expect(take()).toEqual([]);
    clock.advance(1);
    desk.renew(lease);
    expect(take()).toHaveLength(1);
  });

  it('is asked for once at a time, and lasts longer from when that was sent', () => {
    const lease = inUse(6_000);
    desk.renew(lease);
    desk.renew(lease);
    const proposals = take();
    expect(proposals).toHaveLength(1);
    const sentAt = clock.now();
    desk.renew(lease);
    expect(take()).toEqual([]);
    const record = renewed(lease, proposals);
    expect(record).toMatchObject({ leases: [{ id: lease.id, expiresAt: sentAt + TRIAL_MS }] });
    clock.advance(100);
    commit(proposals, record);
    expect(lease.deadlineAt).toBe(sentAt + 0.99 * TRIAL_MS);
    clock.advance(6_000);
    desk.renew(lease);
    expect(take()).toHaveLength(1);
  });

  it.each([
    [
      'it is gone from the record',
      (proposals: readonly Proposal[]) => commit(proposals, halfOpenRecord({ leases: [] })),
    ],
    ['the storage fails', fail],
  ])('ends as before where %s', (_, end) => {
    const lease = inUse(6_000);
    const { deadlineAt } = lease;
    desk.renew(lease);
    end(take());
    expect(lease.deadlineAt).toBe(deadlineAt);
    desk.renew(lease);
    expect(take()).toHaveLength(1);
  });
});
