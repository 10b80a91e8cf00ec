import { describe, expect, it } from 'vitest';
import { rejectionOf, thrownBy } from '../../test/caught.js';
import { fail, succeed } from '../../test/drive.js';
import { type Process, setUpFleet, startReady } from '../../test/fleet.js';
import { closedRecord, halfOpenRecord, NOW, openRecord } from '../../test/fleet-records.js';
import { letPromisesRun } from '../../test/let-promises-run.js';
import { shareOutcomes, shareTrips } from '../index.js';

const due = openRecord({ openUntilAt: NOW, keepUntilAt: NOW + 60_000 });

describe('the first use', () => {
  it('touches the storage, the constructor does not', () => {
    const { storage, clock, start } = setUpFleet();
    const { breaker } = start();
    void [breaker.name, breaker.options, breaker.counts];
    expect([storage.subscribers, storage.counts.reads, clock.pending]).toEqual([0, 0, 0]);
    expect(breaker.state).toBe('closed');
    expect([storage.subscribers, storage.counts.reads]).toEqual([1, 1]);
  });

  it.each([
    ['a look', async ({ breaker }: Process) => breaker.snapshot()],
    ['ready', ({ breaker }: Process) => breaker.ready()],
    ['a call', ({ breaker }: Process) => breaker.execute(async () => 1)],
    ['a call at once', async ({ breaker }: Process) => breaker.executeSync(() => 1)],
    ['a ruling', ({ breaker }: Process) => breaker.close()],
  ])('may be %s', async (_, use) => {
    const { storage, start } = setUpFleet();
    await use(start());
    expect(storage.subscribers).toBe(1);
  });

  it('may be of a storage that cannot be subscribed to: polls will do', async () => {
    const fleet = setUpFleet();
    fleet.storage.subscribe = () => {
      throw new Error('no pushes');
    };
    const { breaker, recorder } = await startReady(fleet);
    expect(recorder.of('listener-error')).toMatchObject([{ source: 'storage', error: new Error('no pushes') }]);
    await fleet.storage.put(openRecord());
    await fleet.clock.advanceAsync(5_000);
    expect(breaker.state).toBe('open');
    await breaker.dispose();
  });

  it('of a flush or the end alone is none', async () => {
    const { storage, start } = setUpFleet();
    const { breaker } = start();
    await breaker.flush();
    await breaker.dispose();
    expect(breaker.state).toBe('closed');
    await breaker.ready();
    expect([storage.subscribers, storage.counts.reads]).toEqual([0, 0]);
  });
});

describe('a process that does not know the circuit yet', () => {
  it('lets calls wait for the first answer', async () => {
    const fleet = setUpFleet();
    await fleet.storage.put(openRecord());
    fleet.storage.delay(50);
    const { breaker } = fleet.start();
    const call = rejectionOf(breaker.execute(async () => 1));
    await fleet.clock.advanceAsync(50);
    // The storage looked at its clock 25 ms before its answer was here.
    expect(await call).toMatchObject({ name: 'CircuitOpenError', retryAfterMs: 9_475 });
  });

  it('lets them wait no longer than leaseTimeoutMs from the first one on, all together', async () => {
    const fleet = setUpFleet({ leaseTimeoutMs: 80 });
    fleet.storage.hang();
    const { breaker } = fleet.start();
    const ended: number[] = [];
    const call = () => breaker.execute(async () => ended.push(fleet.clock.time - NOW));
    const calls = [call()];
    await fleet.clock.advanceAsync(60);
    calls.push(call());
    await fleet.clock.advanceAsync(20);
    calls.push(call());
    await Promise.all(calls);
    expect(ended).toEqual([80, 80, 80]);
  });

  it('lets no call at once wait', () => {
    const fleet = setUpFleet();
    fleet.storage.hang();
    expect(fleet.start().breaker.executeSync(() => 1)).toBe(1);
  });

  it('is ready when it knows, or knows that it cannot', async () => {
    const fleet = setUpFleet();
    fleet.storage.hang();
    const { breaker } = fleet.start();
    let isReady = false;
    const ready = breaker.ready().then(() => (isReady = true));
    await fleet.clock.advanceAsync(499);
    expect(isReady).toBe(false);
    await fleet.clock.advanceAsync(1);
    await ready;
    expect(breaker.snapshot().degraded).toBe(true);
  });
});

describe('a breaker that is not used', () => {
  it('is polled twice more, and reads at once when it is used again', async () => {
    const fleet = setUpFleet();
    const { breaker } = await startReady(fleet);
    fleet.storage.dropsPushes = true;
    await fleet.clock.advanceAsync(60_000);
    const { reads } = fleet.storage.counts;
    expect([reads, fleet.clock.pending]).toEqual([2 + 3, 0]);
    await fleet.storage.put(openRecord({ openUntilAt: NOW + 90_000 }));
    expect(breaker.state).toBe('closed');
    await letPromisesRun();
    expect(breaker.state).toBe('open');
    expect(fleet.storage.counts.reads).toBe(reads + 1);
  });

  it('whose last poll failed is used again as soon as the storage is back', async () => {
    const fleet = setUpFleet();
    const { breaker } = await startReady(fleet);
    await fleet.clock.advanceAsync(14_999);
    fleet.storage.fail();
    await fleet.clock.advanceAsync(1);
    const { reads } = fleet.storage.counts;
    expect(breaker.snapshot().degraded).toBe(true);
    expect(fleet.storage.counts.reads).toBe(reads);
    fleet.storage.heal();
    await fleet.clock.advanceAsync(100);
    expect(breaker.snapshot().degraded).toBe(false);
    await fleet.clock.advanceAsync(5_000);
    expect(fleet.storage.counts.reads).toBe(reads + 2);
  });

  it('is used by calls that pass plainly, too', async () => {
    const fleet = setUpFleet();
    const { breaker } = await startReady(fleet, { listeners: [] });
    for (let poll = 0; poll < 6; poll += 1) {
      await succeed(breaker);
      await fleet.clock.advanceAsync(5_000);
    }
    expect(fleet.storage.counts.reads).toBe(2 + 6);
  });

  it('notices the plain call that ends its sleep', async () => {
    const fleet = setUpFleet();
    const { breaker } = await startReady(fleet, { listeners: [] });
    await succeed(breaker);
    await fleet.clock.advanceAsync(60_000);
    const { reads } = fleet.storage.counts;
    await succeed(breaker);
    expect(fleet.storage.counts.reads).toBe(reads + 1);
  });
});

describe('polls', () => {
  it('come every 500 ms while the circuit is not closed, and more often where that is asked for', async () => {
    for (const [syncIntervalMs, expected] of [
      [5_000, 4],
      [200, 10],
    ] as const) {
      const fleet = setUpFleet({ syncIntervalMs });
      await fleet.storage.put(openRecord());
      const { breaker } = await startReady(fleet);
      const { reads } = fleet.storage.counts;
      for (let step = 0; step < 10; step += 1) {
        await fleet.clock.advanceAsync(200);
        void breaker.state;
      }
      expect(fleet.storage.counts.reads - reads).toBe(expected);
    }
  });
});

describe('the next poll', () => {
  it('comes sooner as soon as a push has opened the circuit', async () => {
    const fleet = setUpFleet();
    await startReady(fleet);
    const { reads } = fleet.storage.counts;
    await fleet.storage.put(openRecord({ epoch: 5 }));
    await fleet.clock.advanceAsync(500);
    expect(fleet.storage.counts.reads).toBe(reads + 1);
  });

  it('comes later where a commit has told what is stored', async () => {
    const fleet = setUpFleet();
    const { breaker } = await startReady(fleet);
    const { reads } = fleet.storage.counts;
    await fleet.clock.advanceAsync(4_000);
    await fail(breaker);
    await breaker.flush();
    await fleet.clock.advanceAsync(4_999);
    expect(fleet.storage.counts.reads).toBe(reads);
    await fleet.clock.advanceAsync(1);
    expect(fleet.storage.counts.reads).toBe(reads + 1);
  });
});

describe('a trial of the fleet', () => {
  it('waits for its lease', async () => {
    const fleet = setUpFleet();
    await fleet.storage.put(due);
    const { breaker, recorder } = await startReady(fleet);
    fleet.storage.delay(40);
    let madeAt = 0;
    const call = breaker.execute(async () => (madeAt = fleet.clock.time - NOW));
    await fleet.clock.advanceAsync(80);
    await call;
    expect(madeAt).toBe(40);
    expect(recorder.of('before-call')).toMatchObject([{ trial: true }]);
    await fleet.clock.advanceAsync(40);
    expect(await fleet.storage.stored()).toMatchObject({ state: 'closed', epoch: 6 });
  });

  it('is one at a time: other calls are rejected meanwhile', async () => {
    const fleet = setUpFleet();
    await fleet.storage.put(due);
    const { breaker } = await startReady(fleet);
    fleet.storage.delay(40);
    const first = breaker.execute(async () => 1);
    await letPromisesRun();
    expect(await rejectionOf(breaker.execute(async () => 2))).toMatchObject({ reason: 'trial-limit', retryAfterMs: 0 });
    await fleet.clock.advanceAsync(80);
    expect(await first).toBe(1);
    expect(fleet.storage.counts.updates).toBe(2);
  });

  it('that would come too late is not made, and its lease serves the next call', async () => {
    const fleet = setUpFleet();
    await fleet.storage.put(due);
    const { breaker } = await startReady(fleet);
    fleet.storage.delay(150);
    const call = rejectionOf(breaker.execute(async () => 1));
    await fleet.clock.advanceAsync(100);
    // The push that shows the place as taken has come before the answer.
    expect(await call).toMatchObject({ name: 'CircuitOpenError', reason: 'trial-limit', retryAfterMs: 0 });
    await fleet.clock.advanceAsync(1_000);
    fleet.storage.heal();
    const permit = await breaker.acquire();
    expect(permit.trial).toBe(true);
    expect(fleet.storage.counts.updates).toBe(1);
  });

  it('that nobody makes gives its place back after a second', async () => {
    const fleet = setUpFleet();
    await fleet.storage.put(due);
    const { breaker } = await startReady(fleet);
    expect(thrownBy(() => breaker.executeSync(() => 1))).toMatchObject({ reason: 'trial-limit', retryAfterMs: 0 });
    await fleet.clock.advanceAsync(999);
    expect(await fleet.storage.stored()).toMatchObject({ leases: [{ expiresAt: NOW + 30_000 }] });
    await fleet.clock.advanceAsync(1);
    expect(await fleet.storage.stored()).toMatchObject({ state: 'half-open', leases: [] });
  });

  it('that is made at once is asked for in the background, and is that of the next call', async () => {
    const fleet = setUpFleet();
    await fleet.storage.put(due);
    const { breaker } = await startReady(fleet);
    thrownBy(() => breaker.executeSync(() => 1));
    await letPromisesRun();
    expect(breaker.executeSync(() => 2)).toBe(2);
    await letPromisesRun();
    expect(breaker.state).toBe('closed');
  });

  it('is not asked for where others hold every place', async () => {
    const fleet = setUpFleet();
    await fleet.storage.put(halfOpenRecord({ limit: 1, leases: [{ id: 'theirs', expiresAt: NOW + 700 }] }));
    const { breaker } = await startReady(fleet);
    expect(await rejectionOf(breaker.execute(async () => 1))).toMatchObject({
      reason: 'trial-limit',
      retryAfterMs: 700,
    });
    expect(fleet.storage.counts.updates).toBe(0);
  });

  it('that others were granted first is not made, nor asked for again', async () => {
    const fleet = setUpFleet();
    await fleet.storage.put(due);
    const { breaker } = await startReady(fleet);
    fleet.storage.dropsPushes = true;
    const theirs = { id: 'theirs', expiresAt: NOW + 700 };
    await fleet.storage.put(halfOpenRecord({ epoch: 5, limit: 1, leases: [theirs] }));
    expect(await rejectionOf(breaker.execute(async () => 1))).toMatchObject({ reason: 'trial-limit' });
    expect(fleet.storage.counts).toMatchObject({ updates: 1, writes: 0 });
  });

  it('is not used when it came after its deadline', async () => {
    const fleet = setUpFleet({ trialTimeoutMs: 100 });
    await fleet.storage.put(due);
    const { breaker } = await startReady(fleet);
    thrownBy(() => breaker.executeSync(() => 1));
    await letPromisesRun();
    await fleet.clock.advanceAsync(99);
    expect(thrownBy(() => breaker.executeSync(() => 1))).toMatchObject({ name: 'CircuitOpenError' });
  });

  it('is not waited for where the circuit has closed meanwhile', async () => {
    const fleet = setUpFleet();
    await fleet.storage.put(due);
    const { breaker } = await startReady(fleet);
    fleet.storage.delay(40);
    const ruling = breaker.close();
    const call = breaker.execute(async () => 1);
    await fleet.clock.advanceAsync(80);
    await ruling;
    expect(await call).toBe(1);
    expect(fleet.storage.counts.updates).toBe(1);
    expect(breaker.counts).toMatchObject({ calls: 1, successes: 1 });
  });

  it('tells a storage once how it went, though that takes nothing in', async () => {
    const fleet = setUpFleet();
    await fleet.storage.put(due);
    const { breaker } = await startReady(fleet);
    const permit = await breaker.acquire();
    let told = 0;
    fleet.storage.update = (name) => {
      told += 1;
      return fleet.storage.read(name);
    };
    permit.succeed();
    await breaker.flush();
    await fleet.clock.advanceAsync(2_000);
    expect(told).toBe(1);
  });

  it('is taught together with its lease where the storage has forgotten the circuit', async () => {
    const fleet = setUpFleet();
    await fleet.storage.put(due);
    const { breaker } = await startReady(fleet);
    await fleet.storage.forget();
    const permit = await breaker.acquire();
    expect(permit.trial).toBe(true);
    expect(await fleet.storage.stored()).toMatchObject({ state: 'half-open', epoch: 5, leases: [{}] });
  });
});

describe('a flush', () => {
  it('waits until what was seen is committed', async () => {
    const fleet = setUpFleet();
    const { breaker } = await startReady(fleet);
    await fail(breaker, 2);
    fleet.storage.delay(20);
    let isOver = false;
    const flushed = breaker.flush().then(() => (isOver = true));
    await fleet.clock.advanceAsync(19);
    expect(isOver).toBe(false);
    await fleet.clock.advanceAsync(1);
    await flushed;
    expect(await fleet.storage.stored()).toMatchObject({ memory: 2 });
  });

  it('has nothing to say of successes', async () => {
    const fleet = setUpFleet();
    const { breaker } = await startReady(fleet);
    await succeed(breaker);
    await breaker.flush();
    expect(fleet.storage.counts.updates).toBe(0);
  });
});

describe('sharing trips', () => {
  it('opens for all when a quorum has opened for itself, and takes no outcome for one', async () => {
    const fleet = setUpFleet({ sharing: shareTrips({ quorum: 2 }) });
    const processes = [await startReady(fleet), await startReady(fleet), await startReady(fleet)];
    const [one, two, three] = processes.map(({ breaker }) => breaker);
    await fail(one as never, 2);
    await fleet.clock.advanceAsync(1_000);
    expect(fleet.storage.counts.updates).toBe(0);
    await fail(one as never);
    await letPromisesRun();
    expect([one, two, three].map((breaker) => breaker?.state)).toEqual(['open', 'closed', 'closed']);
    await fail(two as never, 3);
    await letPromisesRun();
    expect([one, two, three].map((breaker) => breaker?.snapshot().scope)).toEqual(['fleet', 'fleet', 'fleet']);
    expect(fleet.storage.counts).toMatchObject({ updates: 2, writes: 2 });
  });

  it('counts a vote only as long as its process is open', async () => {
    const fleet = setUpFleet({ sharing: shareTrips({ quorum: 2 }), resetTimeoutMs: 1_000 });
    const [one, two] = [await startReady(fleet), await startReady(fleet)];
    await fail(one.breaker, 3);
    await fleet.clock.advanceAsync(1_000);
    await fail(two.breaker, 3);
    await letPromisesRun();
    expect(two.breaker.snapshot()).toMatchObject({ state: 'open', scope: 'process' });
  });

  it('heeds other options, and goes on', async () => {
    const fleet = setUpFleet({ sharing: shareTrips() });
    const { breaker } = await startReady(fleet);
    breaker.configure({ failureThreshold: 1 });
    await fail(breaker);
    await breaker.flush();
    expect(await fleet.storage.stored()).toMatchObject({ state: 'open', epoch: 1 });
  });
});

describe('sharing outcomes', () => {
  it('opens for all after a hearing in which nobody could say that calls succeed', async () => {
    const fleet = setUpFleet();
    const [one, two] = [await startReady(fleet), await startReady(fleet)];
    await fail(one.breaker, 2);
    await fail(two.breaker, 1);
    await fleet.clock.advanceAsync(50);
    expect(await fleet.storage.stored()).toMatchObject({ state: 'closed', memory: 3, hearingEndsAt: NOW + 200 });
    await fleet.clock.advanceAsync(149);
    expect(two.breaker.state).toBe('closed');
    await fleet.clock.advanceAsync(1);
    expect([one.breaker.snapshot(), two.breaker.snapshot()]).toMatchObject([
      { state: 'open', scope: 'fleet', trips: 1, openUntilAt: NOW + 200 + 10_000 },
      { state: 'open', scope: 'fleet', trips: 1, openUntilAt: NOW + 200 + 10_000 },
    ]);
  });

  it('opens for one where another has a success while the hearing is on', async () => {
    const fleet = setUpFleet();
    const [bad, good] = [await startReady(fleet), await startReady(fleet)];
    await fail(bad.breaker, 3);
    await fleet.clock.advanceAsync(100);
    await succeed(good.breaker);
    await fleet.clock.advanceAsync(400);
    expect(bad.breaker.snapshot()).toMatchObject({ state: 'open', scope: 'process' });
    expect(good.breaker.snapshot()).toMatchObject({ state: 'closed' });
    expect(await fleet.storage.stored()).toMatchObject({ state: 'closed', memory: 0, revision: 2 });
  });

  it('counts nothing of calls that were admitted in an epoch that is over', async () => {
    const fleet = setUpFleet({ sharing: shareOutcomes({ hearingMs: 0 }) });
    const { breaker } = await startReady(fleet);
    const permits = [await breaker.acquire(), await breaker.acquire(), await breaker.acquire()];
    await breaker.close();
    for (const permit of permits) permit.fail();
    await breaker.flush();
    await fleet.clock.advanceAsync(100);
    expect(breaker.snapshot()).toMatchObject({ state: 'closed', failures: 0 });
    expect(await fleet.storage.stored()).toMatchObject({ state: 'closed', memory: 0 });
    expect(breaker.counts).toMatchObject({ failures: 3 });
  });

  it('remembers what others have seen, and this process counts for itself', async () => {
    const fleet = setUpFleet();
    await fleet.storage.put(closedRecord({ memory: 2 }));
    const { breaker } = await startReady(fleet);
    expect(breaker.snapshot().failures).toBe(0);
    await fail(breaker);
    await breaker.flush();
    expect(await fleet.storage.stored()).toMatchObject({ memory: 3, hearingEndsAt: NOW + 150 });
    expect(breaker.snapshot()).toMatchObject({ state: 'closed', failures: 1 });
  });
});
