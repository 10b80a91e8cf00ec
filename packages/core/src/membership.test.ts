import { describe, expect, it } from 'vitest';
import { rejectionOf, thrownBy } from '../test/caught.js';
import { deferred } from '../test/deferred.js';
import { fail, succeed } from '../test/drive.js';
import { setUpFleet, startReady } from '../test/fleet.js';
import { closedRecord, halfOpenRecord, NOW, openRecord, ruledRecord } from '../test/fleet-records.js';
import { letPromisesRun } from '../test/let-promises-run.js';
import { watchSignal } from '../test/watched-signal.js';
import { CircuitBreaker } from './circuit-breaker.js';
import { shareTrips } from './fleet/sharing.js';
import { failureRate } from './policy/failure-rate.js';
import type { RecordChange, StoredRecord } from './storage/circuit-storage.js';
import { MemoryStorage } from './storage/memory-storage.js';

const kept = { keepUntilAt: NOW + 60_000 };
const due = openRecord({ ...kept, openUntilAt: NOW });

/** A process of a fleet whose circuit is as stored. */
async function startWith(record: object, options: Parameters<typeof setUpFleet>[0] = {}) {
  const fleet = setUpFleet(options);
  await fleet.storage.put(record);
  return { ...fleet, ...(await startReady(fleet)) };
}

describe('a breaker without a storage', () => {
  it('has nothing of what one with a storage has', () => {
    const plain = new CircuitBreaker('orders', { syncIntervalMs: 5 });
    const shared = new CircuitBreaker('orders', { storage: new MemoryStorage() });
    const ofSharing = ['leaseTimeoutMs', 'sharing', 'storage', 'storageTimeoutMs', 'syncIntervalMs'];
    expect(
      Object.keys(shared.options)
        .filter((key) => !(key in plain.options))
        .sort(),
    ).toEqual(ofSharing);
    expect(Object.keys(plain)).toEqual(['name']);
    expect(Object.getPrototypeOf(plain)).toBe(CircuitBreaker.prototype);
    expect(Object.keys(plain.options)).toEqual(Object.keys(new CircuitBreaker('orders').options));
  });
});

describe('calls through a closed circuit', () => {
  it('ask nothing of the storage, and set no timer, while they succeed', async () => {
    const { storage, clock, breaker } = await startWith(closedRecord(), { listeners: [] });
    const [counts, pending, clockReads] = [{ ...storage.counts }, clock.pending, clock.reads];
    await succeed(breaker, 100);
    expect(storage.counts).toEqual(counts);
    expect([clock.pending, clock.reads]).toEqual([pending, clockReads]);
  });

  it('are decided at once, though the storage is slow', async () => {
    const { storage, breaker } = await startWith(closedRecord());
    storage.hang();
    expect(await breaker.execute(async () => 1)).toBe(1);
    await fail(breaker, 3);
    expect(breaker.state).toBe('open');
    expect(await rejectionOf(breaker.execute(async () => 1))).toMatchObject({ reason: 'open' });
  });

  it('that pass plainly bear witness, and void nothing of a newer epoch', async () => {
    const { storage, clock, breaker } = await startWith(closedRecord(), { listeners: [] });
    const late = deferred();
    const call = breaker.execute(() => late.promise);
    await storage.put(closedRecord({ memory: 3, revision: 8, hearingEndsAt: NOW + 100 }));
    await letPromisesRun();
    await succeed(breaker);
    await clock.advanceAsync(0);
    expect(await storage.stored()).toMatchObject({ memory: 0 });
    await storage.put(closedRecord({ epoch: 5, memory: 3, hearingEndsAt: NOW + 100 }));
    await letPromisesRun();
    late.resolve('late');
    await call;
    await clock.advanceAsync(50);
    expect(await storage.stored()).toMatchObject({ epoch: 5, memory: 3 });
  });

  it('that pass plainly pass no longer when the circuit opens for all', async () => {
    const { storage, breaker } = await startWith(closedRecord(), { listeners: [] });
    await succeed(breaker);
    await storage.put(openRecord({ epoch: 5 }));
    await letPromisesRun();
    expect(await rejectionOf(breaker.execute(async () => 1))).toMatchObject({ state: 'open' });
  });

  it('that pass plainly after a new epoch has begun, closed as before, count in that one', async () => {
    const { breaker } = await startWith(closedRecord(), { listeners: [] });
    await succeed(breaker);
    await breaker.close();
    await fail(breaker, 3);
    expect(breaker.state).toBe('open');
  });

  it('feed a window that the fleet shares', async () => {
    const trip = failureRate({ threshold: 0.5, windowMs: 1_000, minimumCalls: 4, slowCallMs: 50 });
    const options = { trip, failureThreshold: undefined };
    const { storage, clock, breaker } = await startWith(closedRecord(), options);
    await succeed(breaker, 2);
    const slow = deferred();
    const call = breaker.execute(() => slow.promise);
    await clock.advanceAsync(60);
    slow.resolve('at last');
    await call;
    await breaker.flush();
    const { memory } = (await storage.stored()) as never;
    expect(trip.failures?.(memory, NOW + 60)).toBe(0);
    await fail(breaker, 3);
    await breaker.flush();
    const stored = (await storage.stored()) as { memory: never; hearingEndsAt: number };
    expect(trip.failures?.(stored.memory, NOW + 60)).toBe(3);
    expect(stored.hearingEndsAt).toBe(NOW + 60 + 150);
  });
});

describe('rejections', () => {
  it('ask nothing of the storage before the circuit is due', async () => {
    const { storage, breaker } = await startWith(openRecord());
    const { reads } = storage.counts;
    for (let call = 0; call < 10; call += 1) await rejectionOf(breaker.execute(async () => 1));
    expect(storage.counts).toMatchObject({ reads, updates: 0 });
    expect(breaker.counts).toMatchObject({ calls: 10, rejected: 10 });
  });

  it('say that a call may come again at once where a place is free, which is being asked for', async () => {
    const { breaker } = await startWith(halfOpenRecord({ limit: 2 }));
    expect(thrownBy(() => breaker.executeSync(() => 1))).toMatchObject({ reason: 'trial-limit', retryAfterMs: 0 });
  });

  it('say that the fleet has isolated it', async () => {
    const { breaker } = await startWith(ruledRecord('isolated'));
    expect(await rejectionOf(breaker.execute(async () => 1))).toMatchObject({
      reason: 'isolated',
      retryAfterMs: undefined,
    });
  });
});

describe('while the fleet has disabled the circuit', () => {
  it('every call passes, and counts, and changes nothing', async () => {
    const { storage, clock, breaker, recorder } = await startWith(ruledRecord('disabled'));
    await fail(breaker, 5);
    await clock.advanceAsync(400);
    expect(breaker.snapshot()).toMatchObject({ state: 'disabled', failures: 0 });
    expect(storage.counts.updates).toBe(0);
    expect(breaker.counts).toMatchObject({ calls: 5, failures: 5 });
    expect(recorder.of('failure').map(({ late }) => late)).toEqual(Array(5).fill(false));
  });

  it('a call that fails trips nothing: its caller gets what it threw', async () => {
    const { breaker } = await startWith(ruledRecord('disabled'));
    const cause = new Error('down');
    expect(await rejectionOf(breaker.execute(() => Promise.reject(cause)))).toBe(cause);
  });

  it('calls of before are late when it ends', async () => {
    const { breaker, recorder } = await startWith(ruledRecord('disabled'));
    const permit = await breaker.acquire();
    await breaker.close();
    permit.fail();
    expect(recorder.last('failure')).toMatchObject({ late: true });
    expect(breaker.snapshot().failures).toBe(0);
  });
});

describe('the own circuit', () => {
  it('opens for its process at once, and tries again without the storage', async () => {
    const { storage, clock, breaker, recorder } = await startWith(closedRecord());
    storage.dropsPushes = true;
    storage.update = storage.read; // the fleet hears of nothing
    await fail(breaker, 3);
    expect(breaker.snapshot()).toMatchObject({ state: 'open', scope: 'process' });
    await clock.advanceAsync(10_000);
    await succeed(breaker);
    expect(breaker.state).toBe('closed');
    expect(recorder.of('state-change').map(({ scope, reason }) => [scope, reason])).toEqual([
      ['process', 'tripped'],
      ['process', 'trial-due'],
      ['process', 'trial-succeeded'],
    ]);
  });

  it('has no use for a result of before it opened, but the fleet has: that is not late', async () => {
    const { storage, breaker, recorder } = await startWith(closedRecord());
    const permit = await breaker.acquire();
    await fail(breaker, 3);
    permit.fail();
    expect(recorder.last('failure')).toMatchObject({ late: false });
    await breaker.flush();
    expect(await storage.stored()).toMatchObject({ memory: 4 });
  });

  it('rests while the circuit of the fleet is not closed, and starts anew with every epoch', async () => {
    const { storage, breaker } = await startWith(closedRecord());
    await fail(breaker, 2);
    await storage.put(ruledRecord('disabled'));
    await storage.put({ ...ruledRecord('disabled'), epoch: 5 });
    await letPromisesRun();
    await fail(breaker, 5);
    await storage.put(closedRecord({ epoch: 6 }));
    await letPromisesRun();
    expect(breaker.snapshot()).toMatchObject({ state: 'closed', failures: 0 });
  });

  it('has trials that end as it has them, not as the fleet has', async () => {
    const { storage, clock, breaker } = await startWith(closedRecord(), { trialTimeoutMs: 1_000 });
    await breaker.dispose();
    await fail(breaker, 3);
    await clock.advanceAsync(10_000);
    const call = rejectionOf(breaker.execute(() => deferred().promise));
    await clock.advanceAsync(1_000);
    expect(await call).toMatchObject({ name: 'CircuitTrippedError', cause: { timeoutMs: 1_000 } });
    const permit = breaker.acquire();
    expect(await rejectionOf(permit)).toMatchObject({ reason: 'open' });
    expect(storage.counts.updates).toBe(0);
  });
});

describe('what listeners hear', () => {
  const told = ({ recorder }: Awaited<ReturnType<typeof startWith>>) =>
    recorder.of('state-change').map(({ from, to, scope, origin, reason, epoch }) => {
      return `${from}>${to} ${scope} ${origin} ${reason} ${epoch}`;
    });

  it('of what had opened for this process, that it opens for all', async () => {
    const process = await startWith(closedRecord());
    await fail(process.breaker, 3);
    await process.clock.advanceAsync(200);
    expect(told(process)).toEqual(['closed>open process local tripped 2', 'open>open fleet local tripped 5']);
  });

  it('of what another process has made of the circuit, as one event from what it showed', async () => {
    const process = await startWith(closedRecord());
    process.storage.dropsPushes = true;
    await process.storage.put(openRecord({ epoch: 5 }));
    await process.storage.put(halfOpenRecord({ epoch: 6 }));
    await process.clock.advanceAsync(5_000);
    await process.storage.put(halfOpenRecord({ epoch: 6, successes: 1, revision: 9 }));
    await process.clock.advanceAsync(500);
    expect(told(process)).toEqual(['closed>half-open fleet remote adopted 6']);
  });

  it('of trials and rulings of this process, why, and once', async () => {
    const process = await startWith(due);
    await fail(process.breaker);
    await letPromisesRun();
    await process.breaker.halfOpen();
    await succeed(process.breaker);
    await letPromisesRun();
    await process.breaker.close();
    expect(told(process)).toEqual([
      'closed>open fleet remote adopted 4',
      'open>half-open fleet local trial-due 5',
      'half-open>open fleet local trial-failed 6',
      'open>half-open fleet local manual 7',
      'half-open>closed fleet local trial-succeeded 8',
    ]);
  });
});

describe('a trial of the fleet', () => {
  it('that fails trips the circuit for its caller, before the others know', async () => {
    const { storage, breaker } = await startWith(due);
    const cause = new Error('still down');
    const error = await rejectionOf(breaker.execute(() => Promise.reject(cause)));
    expect(error).toMatchObject({ name: 'CircuitTrippedError', cause });
    await letPromisesRun();
    expect(await storage.stored()).toMatchObject({ state: 'open', trips: 2 });
  });

  it('settles its lease, and counts for nothing else', async () => {
    const { storage, clock, breaker } = await startWith(due, { successThreshold: 2 });
    await succeed(breaker);
    await clock.advanceAsync(100);
    expect(await storage.stored()).toMatchObject({ state: 'half-open', successes: 1, leases: [] });
    await fail(breaker);
    await clock.advanceAsync(100);
    await breaker.close();
    expect(breaker.snapshot()).toMatchObject({ failures: 0 });
    expect(await storage.stored()).toMatchObject({ memory: 0 });
  });

  it('that is ignored frees its place', async () => {
    const { storage, breaker } = await startWith(due);
    const permit = await breaker.acquire();
    permit.ignore();
    await letPromisesRun();
    expect(await storage.stored()).toMatchObject({ state: 'half-open', leases: [] });
  });

  it('that comes late changes nothing', async () => {
    const { storage, breaker, recorder } = await startWith(due);
    const permit = await breaker.acquire();
    await storage.put(closedRecord({ epoch: 9 }));
    await letPromisesRun();
    permit.fail(new Error('late'));
    await letPromisesRun();
    expect(recorder.last('failure')).toMatchObject({ trial: true, late: true });
    expect(await storage.stored()).toMatchObject({ state: 'closed', epoch: 9, memory: 0 });
  });

  it('that ends after the breaker has left the fleet changes nothing', async () => {
    const { storage, breaker, recorder } = await startWith(due);
    const permit = await breaker.acquire();
    await breaker.dispose();
    permit.fail();
    await letPromisesRun();
    expect(recorder.last('failure')).toMatchObject({ trial: true, late: true });
    expect(await storage.stored()).toMatchObject({ state: 'half-open' });
    expect(breaker.snapshot()).toMatchObject({ state: 'closed', failures: 0 });
  });

  it('is aborted, and has failed, a bit before its lease lapses', async () => {
    const { storage, clock, breaker } = await startWith(due, { trialTimeoutMs: 1_000 });
    const call = rejectionOf(breaker.execute(() => deferred().promise));
    await clock.advanceAsync(989);
    expect(await storage.stored()).toMatchObject({ state: 'half-open' });
    await clock.advanceAsync(1);
    expect(await call).toMatchObject({ name: 'CircuitTrippedError', cause: { name: 'CircuitTimeoutError' } });
    expect(await storage.stored()).toMatchObject({ state: 'open', trips: 2 });
  });

  it('has no more time than any call', async () => {
    const { clock, breaker } = await startWith(due, { timeoutMs: 50 });
    const call = rejectionOf(breaker.execute(() => deferred().promise));
    await clock.advanceAsync(50);
    expect(await call).toMatchObject({ cause: { timeoutMs: 50 } });
  });

  it('has no more time than its lease, either', async () => {
    const { clock, breaker } = await startWith(due, { trialTimeoutMs: 1_000, timeoutMs: 1_000 });
    const call = rejectionOf(breaker.execute(() => deferred().promise));
    await clock.advanceAsync(990);
    expect(await call).toMatchObject({ cause: { timeoutMs: 990 } });
  });

  it('may be a permit, which fails at the deadline of its lease', async () => {
    const { storage, clock, breaker } = await startWith(due, { trialTimeoutMs: 1_000, timeoutMs: 50 });
    const permit = await breaker.acquire();
    expect(permit.trial).toBe(true);
    await clock.advanceAsync(989);
    expect(permit.signal.aborted).toBe(false);
    await clock.advanceAsync(1);
    expect(permit.signal.aborted).toBe(true);
    expect(await storage.stored()).toMatchObject({ state: 'open' });
  });

  it('may be a permit while the own circuit is asked, too', async () => {
    const { clock, breaker } = await startWith(closedRecord(), { trialTimeoutMs: 1_000 });
    await breaker.dispose();
    await breaker.halfOpen();
    const permit = await breaker.acquire();
    await clock.advanceAsync(1_000);
    expect(permit.signal.aborted).toBe(true);
  });
});

it('a breaker that leaves an open fleet shows its own circuit, and says so of this process alone', async () => {
  const { breaker, recorder } = await startWith(openRecord({ ...kept, openUntilAt: NOW + 60_000 }));
  await breaker.dispose();
  expect(recorder.last('state-change')).toMatchObject({
    from: 'open',
    to: 'closed',
    scope: 'process',
    origin: 'local',
    epoch: breaker.snapshot().epoch,
  });
});

it('a result that comes after an epoch of the own circuit is late, once the breaker has left the fleet', async () => {
  const { breaker, recorder } = await startWith(closedRecord());
  await breaker.dispose();
  const permit = await breaker.acquire();
  await breaker.close();
  permit.fail();
  expect(recorder.last('failure')).toMatchObject({ late: true });
  expect(breaker.snapshot()).toMatchObject({ failures: 0 });
});

describe('a generator', () => {
  async function* numbers() {
    yield 1;
    yield 2;
  }

  /** Asks for a lease in the background, as an iteration cannot wait for one. */
  async function withLease(process: Awaited<ReturnType<typeof startWith>>) {
    thrownBy(() => process.breaker.executeSync(() => 1));
    await letPromisesRun();
    return process;
  }

  it('is a trial of the fleet until it ends', async () => {
    const { storage, breaker } = await withLease(await startWith(due));
    const iterator = breaker.wrap(numbers)();
    await iterator.next();
    expect(await storage.stored()).toMatchObject({ state: 'half-open' });
    for await (const _ of iterator) await letPromisesRun();
    await letPromisesRun();
    expect(await storage.stored()).toMatchObject({ state: 'closed' });
  });

  it('that is asynchronous waits for its lease', async () => {
    const { storage, breaker, recorder } = await startWith(due);
    const first = breaker.wrap(numbers)().next();
    expect(recorder.types).not.toContain('before-call');
    expect(await first).toEqual({ value: 1, done: false });
    expect(recorder.last('before-call')).toMatchObject({ trial: true });
    expect(await storage.stored()).toMatchObject({ state: 'half-open' });
  });

  it('suspended beyond its lease gives its place back, and ends late', async () => {
    const process = await withLease(await startWith(due, { trialTimeoutMs: 1_000 }));
    const { storage, clock, breaker, recorder } = process;
    const iterator = breaker.wrap(numbers)();
    await iterator.next();
    await clock.advanceAsync(1_000);
    expect(await storage.stored()).toMatchObject({ state: 'half-open', leases: [] });
    for await (const _ of iterator) await letPromisesRun();
    expect(recorder.last('success')).toMatchObject({ late: true });
    expect(await storage.stored()).toMatchObject({ state: 'half-open' });
  });

  it('suspended beyond its lease has time to go on, as one of the own circuit has', async () => {
    const { clock, breaker, recorder } = await withLease(await startWith(due, { trialTimeoutMs: 1_000 }));
    const work = deferred<number>();
    const iterator = breaker.wrap(async function* () {
      yield 1;
      return work.promise;
    })();
    await iterator.next();
    await clock.advanceAsync(1_000);
    const end = iterator.next();
    await clock.advanceAsync(999);
    work.resolve(2);
    expect(await end).toEqual({ done: true, value: 2 });
    expect(recorder.last('success')).toMatchObject({ trial: true, late: true, durationMs: 999 });
  });

  it('suspended beyond its lease has no say any more, though the storage may not have heard of it yet', async () => {
    const process = await withLease(await startWith(due, { trialTimeoutMs: 1_000 }));
    const { storage, clock, breaker, recorder } = process;
    const iterator = breaker.wrap(async function* () {
      yield 1;
      throw new Error('down');
    })();
    await iterator.next();
    storage.delay(40);
    await clock.advanceAsync(1_000);
    expect(await rejectionOf(iterator.next())).toMatchObject({ message: 'down' });
    expect(recorder.last('failure')).toMatchObject({ trial: true, late: true });
    await clock.advanceAsync(100);
    expect(await storage.stored()).toMatchObject({ state: 'half-open', leases: [] });
  });

  describe('whose steps take time', () => {
    const TRIAL_MS = 1_000;

    /** A trial of the fleet that works for so long at each step. */
    async function working(stepMs: number, options: Parameters<typeof setUpFleet>[0] = {}) {
      const process = await withLease(await startWith(due, { trialTimeoutMs: TRIAL_MS, ...options }));
      const { clock, breaker } = process;
      const work = async function* () {
        for (let step = 1; step <= 5; step++) {
          await new Promise<void>((resolve) => clock.setTimeout(resolve, stepMs));
          yield step;
        }
      };
      const iterator = breaker.wrap(work)();
      const next = async (ms: number) => {
        const result = iterator.next().then(
          ({ value, done }) => (done ? 'done' : value),
          (error: Error) => error.name,
        );
        await clock.advanceAsync(ms);
        return result;
      };
      return { ...process, next };
    }

    it('may take longer than its lease in all: that is renewed, and not more often than it must be', async () => {
      const { storage, recorder, next } = await working(400);
      const { writes } = storage.counts;
      for (const step of [1, 2, 3, 4, 5]) expect(await next(400)).toBe(step);
      expect(await next(0)).toBe('done');
      await letPromisesRun();
      expect(recorder.last('success')).toMatchObject({ trial: true, late: false, durationMs: 2_000 });
      expect(await storage.stored()).toMatchObject({ state: 'closed' });
      expect(storage.counts.writes - writes).toBe(3); // two renewals, and the end
    });

    it('has the time of its lease anew also for a step that began with little left', async () => {
      const { clock, next } = await working(500);
      expect(await next(500)).toBe(1);
      await clock.advanceAsync(450);
      expect(await next(500)).toBe(2);
    });

    it('has no more than timeoutMs for a step all the same', async () => {
      const { clock, next } = await working(500, { timeoutMs: 300, throwNewErrorOnTrip: false });
      expect(await next(300)).toBe('CircuitTimeoutError');
      expect(clock.pending).toBeGreaterThan(0);
    });

    it('has what was left of its lease where that could not be renewed', async () => {
      const { storage, next } = await working(400, { throwNewErrorOnTrip: false });
      expect(await next(400)).toBe(1);
      expect(await next(400)).toBe(2);
      storage.fail();
      expect(await next(400)).toBe('CircuitTimeoutError');
    });
  });

  it('waits for nothing between its steps once its lease is gone', async () => {
    const { storage, clock, breaker } = await withLease(await startWith(due));
    const iterator = breaker.wrap(numbers)();
    await iterator.next();
    await storage.put(closedRecord({ epoch: 9 }));
    await letPromisesRun();
    const { pending } = clock;
    await iterator.next();
    expect(clock.pending).toBe(pending - 1);
  });

  it('is no trial while the fleet has disabled the circuit, and waits for nothing between its steps', async () => {
    const { clock, breaker, recorder } = await startWith(ruledRecord('disabled'));
    const { pending } = clock;
    for await (const _ of breaker.wrap(numbers)()) expect(clock.pending).toBe(pending);
    expect(recorder.last('success')).toMatchObject({ trial: false, late: false });
  });

  it('is a trial of the own circuit as without a storage', async () => {
    const { clock, breaker, recorder } = await startWith(closedRecord(), { trialTimeoutMs: 1_000 });
    await breaker.dispose();
    await breaker.halfOpen();
    const iterator = breaker.wrap(numbers)();
    await iterator.next();
    await clock.advanceAsync(900);
    await iterator.next();
    await clock.advanceAsync(1_000);
    await iterator.next();
    expect(recorder.last('success')).toMatchObject({ trial: true, late: true });
    expect(breaker.state).toBe('half-open');
  });
});

describe('a call that waits', () => {
  it('for the first answer can be aborted, is ignored then, and leaves nothing behind', async () => {
    const fleet = setUpFleet();
    fleet.storage.hang();
    const { breaker, recorder } = fleet.start();
    const controller = new AbortController();
    const watched = watchSignal(controller.signal);
    const call = rejectionOf(breaker.execute(async () => 1, { signal: controller.signal }));
    await letPromisesRun();
    controller.abort('enough');
    expect(await call).toBe('enough');
    expect(breaker.counts).toMatchObject({ calls: 1, ignored: 1 });
    expect(recorder.types).toEqual(['ignore']);
    expect(watched.attached).toBe(0);
  });

  it('for a lease can be aborted, and the lease serves the next', async () => {
    const { storage, clock, breaker } = await startWith(due);
    storage.delay(40);
    const controller = new AbortController();
    const call = rejectionOf(breaker.acquire({ signal: controller.signal }));
    await letPromisesRun();
    controller.abort('enough');
    expect(await call).toBe('enough');
    await clock.advanceAsync(40);
    expect((await breaker.acquire()).trial).toBe(true);
    expect(storage.counts.updates).toBe(1);
  });

  it('counts once, whatever it waits for, and leaves no timer', async () => {
    const fleet = setUpFleet();
    await fleet.storage.put(due);
    fleet.storage.delay(20);
    const { breaker } = fleet.start();
    const call = breaker.execute(async () => 1);
    await fleet.clock.advanceAsync(100);
    expect(await call).toBe(1);
    expect(breaker.counts).toMatchObject({ calls: 1, successes: 1, rejected: 0 });
    await breaker.dispose();
    expect(fleet.clock.pending).toBe(0);
  });
});

describe('other options', () => {
  it('hold from the next commit on', async () => {
    const { clock, breaker } = await startWith(closedRecord());
    breaker.configure({ failureThreshold: 1, resetTimeoutMs: 7_000 });
    await fail(breaker);
    await clock.advanceAsync(200);
    expect(breaker.snapshot()).toMatchObject({ scope: 'fleet', openUntilAt: NOW + 200 + 7_000 });
  });
});

/** Pushes what it writes while it is still being asked to: within a call's end, where that is what it is asked for. */
class HastyStorage extends MemoryStorage {
  readonly #subscribers = new Set<(record?: unknown) => void>();

  override subscribe(name: string, onPush: (record?: unknown) => void): () => void {
    this.#subscribers.add(onPush);
    return super.subscribe(name, onPush);
  }

  override update(name: string, change: RecordChange): Promise<StoredRecord> {
    return super.update(name, (stored, now) => {
      const after = change(stored, now);
      if (after !== undefined) for (const push of this.#subscribers) push(structuredClone(after));
      return after;
    });
  }
}

describe('a storage that pushes at once', () => {
  it('has no change told before the outcome that causes it, nor twice', async () => {
    const { clock, start } = setUpFleet({ failureThreshold: 1, sharing: shareTrips(), resetTimeoutMs: 100 });
    const { breaker, recorder } = start({ storage: new HastyStorage({ clock }) });
    const told = async (run: () => Promise<unknown>): Promise<unknown> => {
      recorder.clear();
      await run();
      await letPromisesRun();
      const changes = recorder.events.filter(({ type }) => type !== 'before-call');
      return changes.map((event) => (event.type === 'state-change' ? `${event.from}>${event.to}` : event.type));
    };
    await breaker.ready();
    await letPromisesRun();
    expect(await told(() => fail(breaker))).toEqual(['failure', 'closed>open', 'open>open']);
    clock.advance(300);
    expect(await told(() => fail(breaker))).toEqual(['open>half-open', 'failure', 'half-open>open']);
    clock.advance(300);
    expect(await told(() => succeed(breaker))).toEqual(['open>half-open', 'success', 'half-open>closed']);
  });
});

it('a call through a circuit that the fleet has disabled has timeoutMs, and no trial that could get more', async () => {
  const { clock, breaker } = await startWith(ruledRecord('disabled'), { timeoutMs: 50 });
  const call = rejectionOf(breaker.execute(() => new Promise(() => undefined)));
  await clock.advanceAsync(50);
  expect(await call).toMatchObject({ code: 'ERR_CIRCUIT_TIMEOUT', timeoutMs: 50 });
});
