import { describe, expect, it, vi } from 'vitest';
import { rejectionOf } from '../../test/caught.js';
import { fail } from '../../test/drive.js';
import { setUpFleet, startReady } from '../../test/fleet.js';
import { closedRecord, halfOpenRecord, NOW, openRecord } from '../../test/fleet-records.js';
import { letPromisesRun } from '../../test/let-promises-run.js';
import { failureRate, shareOutcomes, shareTrips } from '../index.js';

const ok = () => 1;

describe('a storage that can be read, but not written', () => {
  it('does not make a process lose and find it over and over', async () => {
    const fleet = setUpFleet();
    await fleet.storage.put(openRecord({ openUntilAt: NOW }));
    const { breaker, recorder } = await startReady(fleet);
    fleet.storage.update = () => Promise.reject(new Error('READONLY'));
    for (let call = 0; call < 600; call++) {
      await breaker.execute(ok).catch(() => undefined);
      await fleet.clock.advanceAsync(100);
    }
    expect(recorder.of('storage-degraded').length).toBeLessThan(30);
    expect(recorder.of('storage-recovered').length).toBeGreaterThan(5);
  });

  it('is tried again soon where it has been there for long', async () => {
    const fleet = setUpFleet();
    const { breaker } = await startReady(fleet);
    for (let outage = 0; outage < 5; outage++) {
      fleet.storage.fail();
      await breaker.open().catch(() => undefined);
      fleet.storage.heal();
      await fleet.clock.advanceAsync(100);
      expect(breaker.snapshot().degraded).toBe(false);
      await fleet.clock.advanceAsync(10_000);
    }
  });
});

it('a storage that hints whenever it is read does not keep the process busy', async () => {
  const fleet = setUpFleet();
  const { storage } = fleet;
  const { read, subscribe } = storage;
  const hints: (() => void)[] = [];
  storage.subscribe = (name, onPush) => {
    hints.push(onPush);
    return subscribe.call(storage, name, onPush);
  };
  storage.read = async (name) => {
    for (const hint of hints) hint();
    return read.call(storage, name);
  };
  const { breaker } = await startReady(fleet);
  for (let turn = 0; turn < 20; turn++) await letPromisesRun();
  const { reads } = storage.counts;
  for (let turn = 0; turn < 20; turn++) await letPromisesRun();
  expect(storage.counts.reads).toBe(reads);
  expect(reads).toBeLessThan(40);
  expect(breaker.state).toBe('closed');
});

it('flush settles while failures go on', async () => {
  const trip = failureRate({ threshold: 1, windowMs: 60_000, minimumCalls: 10_000 });
  const fleet = setUpFleet({ failureThreshold: undefined, trip, sharing: shareOutcomes({ flushIntervalMs: 10 }) });
  const { breaker } = await startReady(fleet);
  fleet.storage.delay(40);
  await fail(breaker);
  await fleet.clock.advanceAsync(20);
  let isFlushed = false;
  void breaker.flush().then(() => (isFlushed = true));
  for (let turn = 0; turn < 40; turn++) {
    await fail(breaker);
    await fleet.clock.advanceAsync(5);
  }
  expect(isFlushed).toBe(true);
});

it('a process that calls rarely, and only synchronously, closes the circuit all the same', async () => {
  const fleet = setUpFleet();
  await fleet.storage.put(openRecord({ openUntilAt: NOW }));
  const { breaker } = await startReady(fleet);
  for (let call = 0; call < 6 && breaker.state !== 'closed'; call++) {
    await rejectionOf(Promise.resolve().then(() => breaker.executeSync(ok))).catch(() => undefined);
    await fleet.clock.advanceAsync(3_000);
  }
  expect(breaker.state).toBe('closed');
});

it('votes last as long as they say, whoever writes meanwhile', async () => {
  const fleet = setUpFleet({ failureThreshold: 1, resetTimeoutMs: 600_000, sharing: shareTrips({ quorum: 2 }) });
  const [one, other] = [await startReady(fleet), await startReady(fleet)];
  await fail(one.breaker);
  await fleet.clock.advanceAsync(90_000);
  await fail(other.breaker);
  await fleet.clock.advanceAsync(1_000);
  expect(await fleet.storage.stored()).toMatchObject({ state: 'open' });
});

it('what a window holds counts for nothing where the clock of the storage has gone back', async () => {
  const trip = failureRate({ threshold: 0.5, windowMs: 10_000, minimumCalls: 2 });
  const fleet = setUpFleet({ failureThreshold: undefined, trip });
  const memory = { startAt: NOW + 3_600_000, newest: 0, counts: [0, 18, 0, ...Array(27).fill(0)] };
  await fleet.storage.put(closedRecord({ policyKey: trip.key, memory, changedAt: NOW + 3_600_000 }));
  const { breaker } = await startReady(fleet);
  await fail(breaker);
  await fleet.clock.advanceAsync(1_000);
  const stored = await fleet.storage.stored();
  expect(stored).toMatchObject({ state: 'closed' });
  expect(trip.failures?.(stored?.memory as never, fleet.clock.time)).toBe(1);
});

it('a try that succeeds while sharing ends leaves no timer', async () => {
  for (let turns = 0; turns < 12; turns++) {
    const fleet = setUpFleet();
    fleet.storage.fail();
    const { breaker } = await startReady(fleet);
    fleet.storage.heal();
    fleet.clock.advance(100);
    for (let turn = 0; turn < turns; turn++) await undefined;
    await breaker.dispose();
    expect(fleet.clock.pending).toBe(0);
  }
});

it('another interval of polls is in force at once', async () => {
  const fleet = setUpFleet({ syncIntervalMs: 3_600_000 });
  const { breaker } = await startReady(fleet);
  const { reads } = fleet.storage.counts;
  breaker.configure({ syncIntervalMs: 1_000 });
  await fleet.clock.advanceAsync(1_000);
  expect(fleet.storage.counts.reads).toBe(reads + 1);
});

it('a record that is no JSON ends nothing in an outage', async () => {
  const fleet = setUpFleet();
  const record = { ...openRecord(), extra: 1n };
  fleet.storage.read = async () => ({ record, now: fleet.clock.time });
  const { breaker } = await startReady(fleet);
  expect(breaker.state).toBe('open');
  fleet.storage.read = () => Promise.reject(new Error('down'));
  await fleet.clock.advanceAsync(1_000);
  expect(breaker.snapshot()).toMatchObject({ degraded: true, state: 'open' });
});

it('a change is told as this process made it, however many trials ended with it', async () => {
  const fleet = setUpFleet({ maxTrials: 40 });
  const leases = Array.from({ length: 30 }, (_, index) => ({ id: `lease-${index}`, expiresAt: NOW + 30_000 }));
  await fleet.storage.put(halfOpenRecord({ limit: 40, leases: [] }));
  const { breaker, recorder } = await startReady(fleet);
  const ends: (() => void)[] = [];
  for (const _ of leases) {
    void breaker
      .execute(() => new Promise((_resolve, reject) => ends.push(() => reject(new Error('no')))))
      .catch(() => 0);
    await letPromisesRun();
  }
  expect(ends).toHaveLength(30);
  for (const end of ends) end();
  await letPromisesRun();
  expect(recorder.last('state-change')).toMatchObject({ to: 'open', origin: 'local', reason: 'trial-failed' });
});

it('what the clock of the process throws behind the back of calls is told', async () => {
  const fleet = setUpFleet();
  const { recorder } = await startReady(fleet);
  const { setTimeout } = fleet.clock;
  const fault = new Error('no timers');
  fleet.clock.setTimeout = () => {
    throw fault;
  };
  await fleet.clock.advanceAsync(5_000);
  fleet.clock.setTimeout = setTimeout;
  expect(recorder.of('listener-error')).toContainEqual(expect.objectContaining({ source: 'storage', error: fault }));
});

it('a clock that throws hangs nothing, and what it kept back goes out when it works again', async () => {
  const trip = failureRate({ threshold: 1, windowMs: 60_000, minimumCalls: 10 });
  const fleet = setUpFleet({ failureThreshold: undefined, trip });
  const { breaker } = await startReady(fleet);
  await fail(breaker);
  const logged = vi.spyOn(console, 'error').mockReturnValue();
  const now = vi.spyOn(fleet.clock, 'now').mockImplementation(() => {
    if (now.mock.calls.length > 100) now.mockRestore();
    throw new Error('no time');
  });
  await fleet.clock.advanceAsync(60);
  expect(now.mock.calls.length).toBeLessThan(10);
  expect(logged).toHaveBeenCalledWith(expect.stringContaining('storage threw'), new Error('no time'));
  vi.restoreAllMocks();
  await breaker.flush();
  expect(trip.failures?.((await fleet.storage.stored())?.memory as never, fleet.clock.time)).toBe(1);
});
