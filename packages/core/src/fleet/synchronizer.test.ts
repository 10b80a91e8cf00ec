import { describe, expect, it } from 'vitest';
import { rejectionOf, thrownBy } from '../../test/caught.js';
import { fail, succeed } from '../../test/drive.js';
import type { FaultyStorage } from '../../test/faulty-storage.js';
import { setUpFleet, startReady } from '../../test/fleet.js';
import { closedRecord, halfOpenRecord, NOW, openRecord } from '../../test/fleet-records.js';
import { letPromisesRun } from '../../test/let-promises-run.js';
import type { CircuitListener } from '../index.js';

/** What a breaker shows of the fleet's circuit. */
const shown = ({ breaker }: { breaker: { snapshot(): object } }) => breaker.snapshot();

const kept = { keepUntilAt: NOW + 60_000 };

describe('a push', () => {
  it('is adopted where it is newer', async () => {
    const fleet = setUpFleet();
    await fleet.storage.put(closedRecord());
    const process = await startReady(fleet);
    const { reads } = fleet.storage.counts;
    await fleet.storage.put(openRecord({ epoch: 5 }));
    await letPromisesRun();
    expect(shown(process)).toMatchObject({ state: 'open', scope: 'fleet', epoch: 5 });
    expect(fleet.storage.counts.reads).toBe(reads);
  });

  it('is adopted where there was no record', async () => {
    const fleet = setUpFleet();
    const process = await startReady(fleet);
    await fleet.storage.put(openRecord({ epoch: 1, revision: 1 }));
    await letPromisesRun();
    expect(shown(process)).toMatchObject({ state: 'open', epoch: 1 });
  });

  it.each([
    ['older', openRecord({ epoch: 3, revision: 99 })],
    ['of the same numbers', openRecord()],
  ])('changes nothing where it is %s', async (_, record) => {
    const fleet = setUpFleet();
    await fleet.storage.put(closedRecord());
    const process = await startReady(fleet);
    await fleet.storage.put(record);
    await letPromisesRun();
    expect(shown(process)).toMatchObject({ state: 'closed' });
    expect(process.recorder.of('state-change')).toEqual([]);
  });

  it('that cannot be read, or has no record, makes the process read', async () => {
    const fleet = setUpFleet();
    const process = fleet.start();
    let onPush: (record?: unknown) => void = () => undefined;
    fleet.storage.subscribe = (_name, listener) => {
      onPush = listener;
      return () => undefined;
    };
    await process.breaker.ready();
    for (const news of ['garbage', undefined]) {
      const { reads } = fleet.storage.counts;
      onPush(news);
      await letPromisesRun();
      expect(fleet.storage.counts.reads).toBe(reads + 1);
    }
    expect(shown(process)).toMatchObject({ degraded: false });
  });

  it('waits for the first answer, which is the truth', async () => {
    const fleet = setUpFleet();
    await fleet.storage.put(closedRecord({ epoch: 9 }));
    fleet.storage.delay(20);
    const process = fleet.start();
    const ready = process.breaker.ready();
    await fleet.clock.advanceAsync(15);
    await fleet.storage.put(openRecord());
    await letPromisesRun();
    expect(shown(process)).toMatchObject({ state: 'closed' });
    await fleet.clock.advanceAsync(5);
    await ready;
    expect(shown(process)).toMatchObject({ state: 'closed' });
    expect(process.recorder.of('state-change')).toEqual([]);
  });
});

describe('a poll', () => {
  it('finds what pushes have not told', async () => {
    const fleet = setUpFleet();
    fleet.storage.dropsPushes = true;
    const process = await startReady(fleet);
    await fleet.storage.put(openRecord());
    await fleet.clock.advanceAsync(4_999);
    expect(shown(process)).toMatchObject({ state: 'closed' });
    await fleet.clock.advanceAsync(1);
    expect(shown(process)).toMatchObject({ state: 'open' });
  });

  it('teaches a storage that has forgotten an open circuit', async () => {
    const fleet = setUpFleet();
    await fleet.storage.put(openRecord(kept));
    const process = await startReady(fleet);
    await fleet.storage.forget();
    await fleet.clock.advanceAsync(500);
    expect(await fleet.storage.stored()).toMatchObject({
      state: 'open',
      epoch: 4,
      era: 'era-4',
      revision: 8,
      openUntilAt: NOW + 9_500,
    });
    expect(shown(process)).toMatchObject({ state: 'open' });
    expect(process.recorder.of('state-change')).toHaveLength(1);
  });

  it('takes it that a closed circuit is forgotten, and keeps what it has gathered', async () => {
    const fleet = setUpFleet();
    await fleet.storage.put(closedRecord({ memory: 2 }));
    const process = await startReady(fleet);
    await fail(process.breaker);
    await fleet.storage.forget();
    await fleet.clock.advanceAsync(5_000);
    expect(shown(process)).toMatchObject({ state: 'closed', failures: 1 });
    expect(await fleet.storage.stored()).toBeUndefined();
  });

  it('does not teach again at once a storage that does not learn', async () => {
    const fleet = setUpFleet();
    await fleet.storage.put(openRecord(kept));
    await startReady(fleet);
    fleet.storage.answer({ record: undefined, now: NOW });
    await fleet.clock.advanceAsync(500);
    await fleet.clock.advanceAsync(499);
    expect(fleet.storage.counts).toMatchObject({ updates: 1 });
  });

  it('asks again where the view has changed since it was asked', async () => {
    const fleet = setUpFleet();
    await fleet.storage.put(openRecord(kept));
    const process = await startReady(fleet);
    await fleet.clock.advanceAsync(499);
    const { reads } = fleet.storage.counts;
    const { read } = fleet.storage;
    // The answer is of before the push that comes in between.
    fleet.storage.read = async (name) => {
      fleet.storage.read = read;
      const stale = await fleet.storage.read(name);
      await fleet.storage.put(openRecord({ ...kept, epoch: 6 }));
      await letPromisesRun();
      return stale;
    };
    await fleet.clock.advanceAsync(1);
    expect(fleet.storage.counts).toMatchObject({ reads: reads + 2, updates: 0 });
    expect(shown(process)).toMatchObject({ state: 'open', epoch: 6 });
  });
});

describe('a commit', () => {
  it('takes together what came while another was in flight', async () => {
    const fleet = setUpFleet();
    const { breaker } = await startReady(fleet);
    fleet.storage.delay(20);
    const rulings = [breaker.isolate(), breaker.close(), breaker.disable()];
    await fleet.clock.advanceAsync(40);
    await Promise.all(rulings);
    expect(fleet.storage.counts).toMatchObject({ updates: 2, writes: 2 });
    expect(breaker.snapshot()).toMatchObject({ state: 'disabled', epoch: 3 });
  });

  it('comes before a read that waits, but not before the first', async () => {
    const fleet = setUpFleet();
    await fleet.storage.put(openRecord());
    const { breaker } = fleet.start();
    fleet.storage.delay(20);
    const ruled = breaker.isolate();
    expect(fleet.storage.counts).toMatchObject({ reads: 1, updates: 0 });
    await fleet.clock.advanceAsync(20);
    expect(fleet.storage.counts).toMatchObject({ reads: 1, updates: 1 });
    await fleet.clock.advanceAsync(20);
    await ruled;
    expect(breaker.snapshot()).toMatchObject({ state: 'isolated', epoch: 5 });
  });
});

describe('a storage out of reach', () => {
  it.each([
    ['rejects', (storage: FaultyStorage) => storage.fail(), 'unavailable'],
    ['throws', (storage: FaultyStorage) => storage.throwAtOnce(5), 'unavailable'],
    ['hangs', (storage: FaultyStorage) => storage.hang(), 'timeout'],
    ['answers garbage', (storage: FaultyStorage) => storage.answer({ now: 'noon' }), 'unreadable'],
  ])('because it %s is replaced, told of once, and tried again', async (_, breakIt, reason) => {
    const fleet = setUpFleet();
    const process = await startReady(fleet);
    breakIt(fleet.storage);
    await fleet.clock.advanceAsync(5_500);
    expect(shown(process)).toMatchObject({ degraded: true, state: 'closed' });
    expect(process.recorder.of('storage-degraded')).toMatchObject([
      { epoch: 0, error: { name: 'CircuitStorageError', reason, circuit: 'orders' } },
    ]);
    fleet.storage.heal();
    await fleet.clock.advanceAsync(5_000);
    expect(shown(process)).toMatchObject({ degraded: false });
    expect(process.recorder.types.slice(-2)).toEqual(['storage-degraded', 'storage-recovered']);
  });

  it('at the start leaves a closed circuit, and no error', async () => {
    const fleet = setUpFleet();
    fleet.storage.fail();
    const process = await startReady(fleet);
    await succeed(process.breaker);
    expect(shown(process)).toMatchObject({ degraded: true, state: 'closed', scope: 'process' });
  });

  it('that held nothing is not taught what was found alone', async () => {
    const fleet = setUpFleet();
    const process = await startReady(fleet);
    fleet.storage.fail();
    await fleet.clock.advanceAsync(5_000);
    await fail(process.breaker, 3);
    await fleet.clock.advanceAsync(1_000);
    expect(shown(process)).toMatchObject({ degraded: true, state: 'open', openUntilAt: NOW + 5_200 + 10_000 });
    fleet.storage.heal();
    await fleet.clock.advanceAsync(5_000);
    expect(shown(process)).toMatchObject({ degraded: false, state: 'closed' });
    expect(await fleet.storage.stored()).toBeUndefined();
  });

  it('leaves an open circuit open until its time, and then this process tries alone', async () => {
    const fleet = setUpFleet();
    await fleet.storage.put(openRecord(kept));
    const process = await startReady(fleet);
    fleet.storage.fail();
    await fleet.clock.advanceAsync(9_499);
    expect(shown(process)).toMatchObject({ degraded: true, state: 'open' });
    await fleet.clock.advanceAsync(1);
    await succeed(process.breaker);
    await letPromisesRun();
    expect(shown(process)).toMatchObject({ degraded: true, state: 'closed' });
    expect(process.recorder.of('state-change').map(({ to, origin, reason }) => ({ to, origin, reason }))).toEqual([
      { to: 'open', origin: 'remote', reason: 'adopted' },
      { to: 'half-open', origin: 'local', reason: 'trial-due' },
      { to: 'closed', origin: 'local', reason: 'trial-succeeded' },
    ]);
  });

  it('trips for this process by the rules of the fleet', async () => {
    const fleet = setUpFleet();
    const process = await startReady(fleet);
    fleet.storage.fail();
    await fleet.clock.advanceAsync(5_000);
    await fail(process.breaker, 3);
    const openUntilAt = NOW + 5_000 + 10_000;
    expect(shown(process)).toMatchObject({ state: 'open', scope: 'process', openUntilAt });
    // A flush and a hearing later.
    await fleet.clock.advanceAsync(200);
    expect(shown(process)).toMatchObject({ state: 'open', scope: 'process', openUntilAt: openUntilAt + 200 });
    expect(process.recorder.of('state-change')).toHaveLength(1);
  });

  it('is not heard, nor polled', async () => {
    const fleet = setUpFleet();
    const process = await startReady(fleet);
    fleet.storage.fail();
    await fleet.clock.advanceAsync(5_000);
    await fleet.storage.put(openRecord());
    await letPromisesRun();
    expect(shown(process)).toMatchObject({ degraded: true, state: 'closed' });
    const { reads } = fleet.storage.counts;
    await fleet.clock.advanceAsync(99);
    expect(fleet.storage.counts.reads).toBe(reads);
  });

  it('gets nothing of what was in flight again', async () => {
    const fleet = setUpFleet();
    const { breaker } = await startReady(fleet);
    fleet.storage.loseReplies();
    await fail(breaker);
    await fleet.clock.advanceAsync(50);
    expect(breaker.snapshot()).toMatchObject({ degraded: true });
    fleet.storage.heal();
    await fleet.clock.advanceAsync(1_000);
    expect(breaker.snapshot()).toMatchObject({ degraded: false });
    expect(fleet.storage.counts).toMatchObject({ updates: 1, writes: 1 });
    expect(await fleet.storage.stored()).toMatchObject({ memory: 1 });
  });
});

describe('a ruling by hand', () => {
  it('in flight when the storage fails is perhaps applied', async () => {
    const fleet = setUpFleet();
    const { breaker } = await startReady(fleet);
    fleet.storage.loseReplies();
    expect(await rejectionOf(breaker.isolate())).toMatchObject({
      name: 'CircuitStorageError',
      reason: 'unavailable',
      mayHaveBeenApplied: true,
      cause: new Error('the reply was lost'),
    });
  });

  it('that waits when the storage fails is not applied', async () => {
    const fleet = setUpFleet();
    const { breaker } = await startReady(fleet);
    fleet.storage.hang();
    const [first, second] = [rejectionOf(breaker.isolate()), rejectionOf(breaker.disable())];
    await fleet.clock.advanceAsync(500);
    expect(await first).toMatchObject({ reason: 'timeout', mayHaveBeenApplied: true });
    expect(await second).toMatchObject({
      name: 'CircuitStorageError',
      reason: 'timeout',
      mayHaveBeenApplied: false,
      cause: ((await first) as Error).cause,
    });
    fleet.storage.heal();
    await fleet.clock.advanceAsync(1_000);
    expect(await fleet.storage.stored()).toBeUndefined();
  });

  it('on a cold breaker whose storage is down is refused', async () => {
    const fleet = setUpFleet();
    fleet.storage.fail();
    const { breaker } = fleet.start();
    expect(await rejectionOf(breaker.isolate())).toMatchObject({ reason: 'unavailable', mayHaveBeenApplied: false });
  });

  it('is made at once while the storage is out of reach, and committed when it is back', async () => {
    const fleet = setUpFleet();
    const process = await startReady(fleet);
    fleet.storage.fail();
    await fleet.clock.advanceAsync(5_000);
    await process.breaker.isolate();
    expect(shown(process)).toMatchObject({ state: 'isolated', degraded: true });
    fleet.storage.heal();
    await fleet.clock.advanceAsync(1_000);
    expect(await fleet.storage.stored()).toMatchObject({ state: 'isolated' });
    expect(shown(process)).toMatchObject({ state: 'isolated', degraded: false });
  });

  it('is committed once', async () => {
    const fleet = setUpFleet();
    await fleet.storage.put(openRecord(kept));
    const { breaker } = await startReady(fleet);
    fleet.storage.fail();
    await fleet.clock.advanceAsync(500);
    await breaker.close();
    const { writes } = fleet.storage.counts;
    fleet.storage.heal();
    await fleet.clock.advanceAsync(1_000);
    expect(fleet.storage.counts.writes).toBe(writes + 1);
    expect(breaker.snapshot()).toMatchObject({ state: 'closed', degraded: false });
  });

  it('that is overruled while the storage comes back is followed by the later one', async () => {
    const fleet = setUpFleet();
    const { breaker } = await startReady(fleet);
    fleet.storage.fail();
    await fleet.clock.advanceAsync(5_000);
    await breaker.isolate();
    fleet.storage.delay(20);
    await fleet.clock.advanceAsync(110);
    expect(await fleet.storage.stored()).toMatchObject({ state: 'isolated' });
    await breaker.disable();
    await fleet.clock.advanceAsync(40);
    expect(breaker.snapshot()).toMatchObject({ state: 'disabled', degraded: false });
    expect(await fleet.storage.stored()).toMatchObject({ state: 'disabled', epoch: 3 });
  });

  it.each([
    ['', false],
    [' and goes again', true],
  ])('that is made while a storage that comes back%s is asked does not lapse', async (_, flaps) => {
    const fleet = setUpFleet();
    await fleet.storage.put(openRecord({ ...kept, openUntilAt: NOW + 60_000 }));
    const { breaker, recorder } = await startReady(fleet);
    fleet.storage.fail();
    await fleet.clock.advanceAsync(500);
    fleet.storage.delay(20);
    await fleet.clock.advanceAsync(110);
    recorder.clear();
    await breaker.isolate();
    if (flaps) fleet.storage.fail();
    else fleet.storage.heal();
    await fleet.clock.advanceAsync(100);
    fleet.storage.heal();
    await fleet.clock.advanceAsync(10_000);
    expect(recorder.of('state-change').map(({ to }) => to)).toEqual(['isolated']);
    expect(breaker.snapshot()).toMatchObject({ state: 'isolated', degraded: false });
    expect(await fleet.storage.stored()).toMatchObject({ state: 'isolated' });
  });

  it('that lasts no longer is not committed', async () => {
    const fleet = setUpFleet();
    const process = await startReady(fleet);
    fleet.storage.fail();
    await fleet.clock.advanceAsync(5_000);
    await process.breaker.open();
    await fleet.clock.advanceAsync(10_000);
    await succeed(process.breaker);
    await letPromisesRun();
    expect(shown(process)).toMatchObject({ state: 'closed', degraded: true });
    fleet.storage.heal();
    await fleet.clock.advanceAsync(10_000);
    expect(await fleet.storage.stored()).toBeUndefined();
  });
});

it('what a function of the user throws behind the back of calls is told, and ends nothing', async () => {
  const fault = new Error('no chance');
  let isBroken = false;
  const random = () => {
    if (isBroken) throw fault;
    return 0;
  };
  const fleet = setUpFleet({ random });
  const { breaker, recorder } = await startReady(fleet);
  isBroken = true;
  await fleet.clock.advanceAsync(5_000);
  isBroken = false;
  await fleet.storage.put(openRecord());
  await letPromisesRun();
  expect(breaker.state).toBe('open');
  expect(recorder.of('listener-error')).toMatchObject([{ source: 'random', error: fault }]);
});

describe('a storage that is back', () => {
  /** A process that has lost its storage while the circuit was open. */
  async function lost() {
    const fleet = setUpFleet();
    await fleet.storage.put(openRecord(kept));
    const process = await startReady(fleet);
    fleet.storage.fail();
    await fleet.clock.advanceAsync(500);
    return { ...fleet, ...process };
  }

  it('is the truth', async () => {
    const { storage, clock, breaker } = await lost();
    await storage.put(closedRecord({ epoch: 9 }));
    storage.heal();
    await clock.advanceAsync(5_000);
    expect(breaker.snapshot()).toMatchObject({ state: 'closed', degraded: false });
    expect(storage.counts.writes).toBe(0);
  });

  it('is taught what was known before, where it has forgotten', async () => {
    const { storage, clock, breaker } = await lost();
    await storage.forget();
    storage.heal();
    await clock.advanceAsync(5_000);
    expect(await storage.stored()).toMatchObject({ state: 'open', epoch: 4, era: 'era-4', revision: 8 });
    expect(breaker.snapshot()).toMatchObject({ state: 'open', degraded: false });
  });

  it('is not taught what was found alone', async () => {
    const { storage, clock, breaker } = await lost();
    await clock.advanceAsync(9_000);
    await fail(breaker);
    await letPromisesRun();
    expect(breaker.snapshot()).toMatchObject({ state: 'open', trips: 2, degraded: true });
    storage.heal();
    await clock.advanceAsync(5_000);
    expect(await storage.stored()).toMatchObject({ state: 'open', epoch: 4, trips: 1, revision: 7 });
    expect(breaker.snapshot()).toMatchObject({ state: 'open', epoch: 4, trips: 1, degraded: false });
  });

  it('is polled and heard again', async () => {
    const { storage, clock, breaker } = await lost();
    storage.heal();
    await clock.advanceAsync(1_000);
    await storage.put(closedRecord({ epoch: 9 }));
    await letPromisesRun();
    expect(breaker.snapshot()).toMatchObject({ state: 'closed', degraded: false });
    storage.dropsPushes = true;
    await storage.put(openRecord({ epoch: 10 }));
    await clock.advanceAsync(5_000);
    expect(breaker.snapshot()).toMatchObject({ state: 'open', epoch: 10 });
  });

  it('hears again how a trial went whose lease still stands', async () => {
    const fleet = setUpFleet();
    await fleet.storage.put(openRecord({ ...kept, openUntilAt: NOW }));
    const { breaker } = await startReady(fleet);
    const permit = await breaker.acquire();
    fleet.storage.fail();
    permit.succeed();
    await letPromisesRun();
    expect(breaker.snapshot()).toMatchObject({ degraded: true });
    fleet.storage.heal();
    await fleet.clock.advanceAsync(1_000);
    expect(await fleet.storage.stored()).toMatchObject({ state: 'closed' });
    expect(breaker.snapshot()).toMatchObject({ state: 'closed', degraded: false });
  });

  it('grants the lease that was asked for meanwhile', async () => {
    const fleet = setUpFleet({ leaseTimeoutMs: 5_000 });
    await fleet.storage.put(openRecord({ ...kept, openUntilAt: NOW }));
    const { breaker } = await startReady(fleet);
    fleet.storage.fail();
    const permit = await breaker.acquire();
    expect(permit.trial).toBe(true);
    expect(breaker.snapshot()).toMatchObject({ state: 'half-open', degraded: true });
  });
});

describe('the end', () => {
  it('sends what is pending, once, and lets go of the storage', async () => {
    const fleet = setUpFleet();
    const { breaker } = await startReady(fleet);
    await fail(breaker, 2);
    await Promise.all([breaker.dispose(), breaker.dispose()]);
    expect(await fleet.storage.stored()).toMatchObject({ memory: 2 });
    expect(fleet.storage.counts).toMatchObject({ updates: 1 });
    expect([fleet.storage.subscribers, fleet.clock.pending]).toEqual([0, 0]);
  });

  it('comes also where the storage does not let itself be left, and that is told', async () => {
    const fleet = setUpFleet();
    const fault = new Error('stay');
    fleet.storage.subscribe = () => () => {
      throw fault;
    };
    const { breaker, recorder } = await startReady(fleet);
    await fail(breaker);
    await breaker.dispose();
    expect(recorder.of('listener-error')).toMatchObject([{ source: 'storage', error: fault }]);
    expect(await fleet.storage.stored()).toMatchObject({ memory: 1 });
    expect(fleet.clock.pending).toBe(0);
  });

  it('leaves no timer for the hearing that this process has opened', async () => {
    const fleet = setUpFleet();
    const { breaker } = await startReady(fleet);
    await fail(breaker, 3);
    await breaker.flush();
    expect(await fleet.storage.stored()).toMatchObject({ hearingEndsAt: NOW + 150 });
    await breaker.dispose();
    expect(fleet.clock.pending).toBe(0);
  });

  it('does not wait for a read', async () => {
    const fleet = setUpFleet();
    fleet.storage.hang();
    const { breaker } = fleet.start();
    const ready = breaker.ready();
    await breaker.dispose();
    await ready;
    expect(fleet.clock.pending).toBe(0);
    expect(breaker.snapshot()).toMatchObject({ degraded: false });
  });

  it('waits for a commit as long as the storage may take', async () => {
    const fleet = setUpFleet();
    const { breaker } = await startReady(fleet);
    await fail(breaker);
    fleet.storage.hang();
    let isOver = false;
    const ruling = rejectionOf(breaker.isolate());
    const ended = breaker.dispose().then(() => (isOver = true));
    await fleet.clock.advanceAsync(999);
    expect(await ruling).toMatchObject({ reason: 'timeout' });
    await fleet.clock.advanceAsync(1);
    await ended;
    expect(isOver).toBe(true);
    expect(fleet.clock.pending).toBe(0);
    expect(breaker.snapshot()).toMatchObject({ degraded: false });
  });

  it('leaves a process whose storage is gone without a timer', async () => {
    const fleet = setUpFleet();
    fleet.storage.fail();
    const { breaker, recorder } = await startReady(fleet);
    await breaker.dispose();
    expect(fleet.clock.pending).toBe(0);
    fleet.storage.heal();
    await fleet.clock.advanceAsync(60_000);
    expect(recorder.of('storage-recovered')).toEqual([]);
  });

  it('does not wait for a try under way', async () => {
    const fleet = setUpFleet();
    fleet.storage.fail();
    const { breaker } = await startReady(fleet);
    fleet.storage.hang();
    await fleet.clock.advanceAsync(100);
    await breaker.dispose();
    await letPromisesRun();
    expect(fleet.clock.pending).toBe(0);
    fleet.storage.heal();
    await letPromisesRun();
    expect(breaker.snapshot()).toMatchObject({ degraded: false, state: 'closed' });
  });

  it('leaves nothing of the fleet behind, whenever a ruling is made meanwhile', async () => {
    for (let turns = 0; turns < 20; turns++) {
      const fleet = setUpFleet();
      fleet.storage.fail();
      const { breaker } = await startReady(fleet);
      const ended = breaker.dispose();
      for (let turn = 0; turn < turns; turn++) await undefined;
      const ruled = breaker.halfOpen();
      await ended;
      await ruled;
      await letPromisesRun();
      expect(breaker.snapshot().scope).toBe('process');
      expect(fleet.clock.pending).toBe(0);
    }
  });

  it('gives back a lease that nobody has used', async () => {
    const fleet = setUpFleet();
    await fleet.storage.put(openRecord({ openUntilAt: NOW }));
    const { breaker } = await startReady(fleet);
    fleet.storage.delay(20);
    thrownBy(() => breaker.executeSync(() => 1));
    const ended = breaker.dispose();
    await fleet.clock.advanceAsync(40);
    await ended;
    expect(await fleet.storage.stored()).toMatchObject({ state: 'half-open', leases: [] });
    expect(fleet.clock.pending).toBe(0);
  });

  it('leaves rulings to the own circuit, also those that a listener makes when it hears of it', async () => {
    const fleet = setUpFleet();
    await fleet.storage.put(openRecord());
    const rulings: Promise<void>[] = [];
    const onStateChange: CircuitListener['onStateChange'] = ({ to, breaker }) => {
      if (to === 'closed') rulings.push(breaker.isolate());
    };
    const { breaker } = await startReady(fleet, { listeners: [{ onStateChange }] });
    await breaker.dispose();
    await Promise.all(rulings);
    expect(rulings).toHaveLength(1);
    expect(breaker.snapshot()).toMatchObject({ state: 'isolated', scope: 'process' });
    expect(fleet.storage.counts.updates).toBe(0);
  });

  it('tells a call that waits for a lease that there is none, where the storage fails meanwhile', async () => {
    const fleet = setUpFleet({ leaseTimeoutMs: 5_000 });
    await fleet.storage.put(openRecord({ openUntilAt: NOW }));
    const { breaker } = await startReady(fleet);
    fleet.storage.hang();
    const call = rejectionOf(breaker.execute(async () => 1));
    await letPromisesRun();
    const ended = breaker.dispose();
    await fleet.clock.advanceAsync(500);
    expect(await call).toMatchObject({ name: 'CircuitOpenError', reason: 'trial-limit' });
    await fleet.clock.advanceAsync(500);
    await ended;
  });

  it('is not hindered by a look at the breaker meanwhile', async () => {
    const fleet = setUpFleet();
    const { breaker } = await startReady(fleet);
    await fail(breaker);
    fleet.storage.delay(20);
    const ended = breaker.dispose();
    expect(breaker.state).toBe('closed');
    await fleet.clock.advanceAsync(20);
    await ended;
    expect(fleet.clock.pending).toBe(0);
  });

  it('lets the process go on alone, with its own circuit', async () => {
    const fleet = setUpFleet();
    await fleet.storage.put(halfOpenRecord());
    const { breaker, recorder } = await startReady(fleet);
    await breaker.dispose();
    await fail(breaker, 3);
    expect(breaker.snapshot()).toMatchObject({ state: 'open', scope: 'process' });
    await breaker.close();
    await fleet.storage.put(openRecord({ epoch: 9 }));
    await letPromisesRun();
    expect(breaker.state).toBe('closed');
    expect(recorder.of('state-change').map(({ to }) => to)).toEqual(['half-open', 'closed', 'open', 'closed']);
    expect(fleet.storage.counts).toMatchObject({ reads: 2, updates: 0 });
  });
});

it('a clock that fails while a new epoch is taken in keeps no outcome of the old one', async () => {
  const fleet = setUpFleet({ failureThreshold: 2 });
  const { breaker, recorder } = await startReady(fleet);
  await fail(breaker, 2);
  expect(breaker.snapshot()).toMatchObject({ state: 'open', scope: 'process' });
  const { clearTimeout } = fleet.clock;
  const fault = new Error('the clock is broken');
  fleet.clock.clearTimeout = () => {
    throw fault;
  };
  await fleet.storage.put(closedRecord({ epoch: 1 }));
  await letPromisesRun();
  fleet.clock.clearTimeout = clearTimeout;
  expect(breaker.snapshot()).toMatchObject({ state: 'closed', failures: 0 });
  expect(recorder.of('listener-error').map(({ error }) => error)).toContain(fault);
});
