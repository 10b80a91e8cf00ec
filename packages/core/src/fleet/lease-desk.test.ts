import { beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../test/fake-clock.js';
import { letPromisesRun } from '../../test/let-promises-run.js';
import { type HeldLease, LeaseDesk } from './lease-desk.js';

let clock: FakeClock;
let desk: LeaseDesk;
let returned: string[];

beforeEach(() => {
  clock = new FakeClock(1_000);
  returned = [];
  desk = new LeaseDesk(clock, Math.random, (leaseId) => returned.push(leaseId));
});

/** Asks, sends, and is granted what was sent. */
function grant(): HeldLease {
  void desk.ask();
  const lease = desk.send(10_000) as HeldLease;
  desk.answer(lease);
  return lease;
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
    expect(desk.send(10_000)).toBeUndefined();
    void desk.ask();
    expect(desk.send(10_000)).toBeDefined();
    expect(desk.send(10_000)).toBeUndefined();
  });

  it('names a lease of its own, whose holder stops a bit before it lapses, counted from now', () => {
    const [one, other] = [grant(), grant()];
    expect(one.deadlineAt).toBe(1_000 + 9_900);
    expect(other.id).not.toBe(one.id);
  });

  it('is sent again to another storage, and after an answer to the next one who asks', () => {
    void desk.ask();
    desk.send(10_000);
    desk.sendAgain();
    expect(desk.send(10_000)).toBeDefined();
    desk.answer(undefined);
    expect(desk.send(10_000)).toBeUndefined();
    void desk.ask();
    expect(desk.send(10_000)).toBeDefined();
  });
});

describe('a lease that was granted', () => {
  it('goes to whoever comes first, once', () => {
    const lease = grant();
    expect(desk.hasUnused(clock.now())).toBe(true);
    expect(desk.use()).toBe(lease);
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
