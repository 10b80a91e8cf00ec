import { CircuitOpenError, CircuitTrippedError } from '@breaker/core';
import { describe, expect, it } from 'vitest';
import { call, fail } from './calls.js';
import { rejectionOf } from './caught.js';
import { dueFleet } from './due-fleet.js';
import { Fleet, HEARD } from './fleet.js';
import { expectNoUnhandledRejection } from './unhandled-rejections.js';

expectNoUnhandledRejection();

function thrownBy(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  throw new Error('expected a throw');
}

describe('a sync call on a shared circuit', () => {
  it('feeds it', async () => {
    const fleet = new Fleet();
    const a = await fleet.join();
    const b = await fleet.join();
    const down = a.breaker.wrapSync(() => {
      throw new Error('down');
    });
    for (let made = 0; made < 3; made += 1) thrownBy(down);
    await fail(b.breaker, 2);
    await fleet.pass(HEARD);
    expect(fleet.states).toEqual(['open', 'open']);
    expect(thrownBy(() => b.breaker.executeSync(() => 1))).toMatchObject({ reason: 'open' });
  });

  it.each(['executeSync', 'wrapSync'] as const)(
    'asks for its lease in the background; the next call uses it: %s',
    async (way) => {
      const [fleet, first] = await dueFleet();
      const run = (): unknown =>
        way === 'executeSync' ? first.breaker.executeSync(() => 'value') : first.breaker.wrapSync(() => 'value')();
      const error = thrownBy(run);
      expect(error).toBeInstanceOf(CircuitOpenError);
      expect(error).toMatchObject({ reason: 'trial-limit', retryAfterMs: 0 });
      await fleet.settle();
      expect(fleet.record?.leases).toHaveLength(1);
      first.asked.clear();
      expect(run()).toBe('value');
      await fleet.settle();
      expect(first.asked.updates).toBe(1);
      expect(fleet.states).toEqual(['closed', 'closed', 'closed']);
    },
  );

  it('that fails as a trial opens the fleet', async () => {
    const [fleet, first] = await dueFleet();
    const down = (): never => {
      throw new Error('down');
    };
    thrownBy(() => first.breaker.executeSync(down));
    await fleet.settle();
    expect(thrownBy(() => first.breaker.executeSync(down))).toBeInstanceOf(CircuitTrippedError);
    await fleet.settle();
    expect(fleet.record).toMatchObject({ state: 'open', trips: 2 });
  });

  it('leaves a lease that nobody used to be released', async () => {
    const [fleet, first, second] = await dueFleet();
    thrownBy(() => first.breaker.executeSync(() => 1));
    await fleet.pass(1_100);
    expect(fleet.record).toMatchObject({ state: 'half-open', leases: [], trips: 1 });
    expect(await call(second.breaker)).toBe('success');
  });

  it('has its fallback where it is rejected', async () => {
    const [, first] = await dueFleet();
    expect(first.breaker.executeSync(() => 'value', { fallback: () => 'instead' })).toBe('instead');
  });
});

describe('a permit on a shared circuit', () => {
  it.each(['succeed', 'fail', 'ignore'] as const)('is a trial by a lease, settled by its word: %s', async (word) => {
    const [fleet, first] = await dueFleet();
    const permit = await first.breaker.acquire();
    expect(permit.trial).toBe(true);
    await expect(first.breaker.acquire()).rejects.toMatchObject({ reason: 'trial-limit' });
    permit[word]();
    await fleet.settle();
    const state = { succeed: 'closed', fail: 'open', ignore: 'half-open' }[word];
    expect(fleet.states).toEqual([state, state, state]);
    expect(fleet.record?.leases ?? []).toEqual([]);
  });

  it("judges by the breaker's rules, and fails where its scope is left without a word", async () => {
    const [fleet, first] = await dueFleet({ successThreshold: 2, exclude: [RangeError] });
    const permit = await first.breaker.acquire();
    expect(permit.settle({ error: new RangeError('an answer') })).toBe('success');
    await fleet.settle();
    expect(fleet.record).toMatchObject({ state: 'half-open', successes: 1 });
    (await first.breaker.acquire())[Symbol.dispose]();
    await fleet.settle();
    expect(fleet.record).toMatchObject({ state: 'open', trips: 2 });
  });

  it('that is never settled fails at its deadline', async () => {
    const [fleet, first] = await dueFleet({ trialTimeoutMs: 3_000 });
    const { signal } = await first.breaker.acquire();
    await fleet.pass(3_000);
    expect(signal.aborted).toBe(true);
    expect(fleet.record).toMatchObject({ state: 'open', trips: 2 });
  });
});

describe('a generator on a shared circuit', () => {
  it('that streams is a trial by a lease until its end', async () => {
    const [fleet, first] = await dueFleet();
    const stream = first.breaker.wrap(async function* () {
      yield 1;
      yield 2;
    })();
    expect((await stream.next()).value).toBe(1);
    expect(fleet.record?.leases).toHaveLength(1);
    expect((await stream.next()).value).toBe(2);
    expect(fleet.states).toEqual(['half-open', 'half-open', 'half-open']);
    expect((await stream.next()).done).toBe(true);
    await fleet.settle();
    expect(fleet.states).toEqual(['closed', 'closed', 'closed']);
  });

  it('left early frees its place', async () => {
    const [fleet, first] = await dueFleet();
    const stream = first.breaker.wrap(async function* () {
      yield 1;
    })();
    await stream.next();
    await stream.return(undefined);
    await fleet.settle();
    expect(fleet.record).toMatchObject({ state: 'half-open', leases: [], trips: 1 });
  });

  it('suspended beyond its lease has lost it, and its end is late', async () => {
    const [fleet, first, second] = await dueFleet({ trialTimeoutMs: 3_000 });
    const stream = first.breaker.wrap(async function* () {
      yield 1;
    })();
    await stream.next();
    await fleet.pass(3_100);
    expect(fleet.record).toMatchObject({ state: 'half-open', trips: 1 });
    expect(await call(second.breaker)).toBe('success');
    await fleet.settle();
    await stream.next();
    expect(first.recorder.of('success').at(-1)).toMatchObject({ late: true });
    expect(fleet.states).toEqual(['closed', 'closed', 'closed']);
  });

  it('that is sync asks in the background, as sync calls do', async () => {
    const [fleet, first] = await dueFleet();
    const numbers = first.breaker.wrap(function* () {
      yield 1;
    });
    expect(thrownBy(() => [...numbers()])).toMatchObject({ reason: 'trial-limit', retryAfterMs: 0 });
    await fleet.settle();
    expect([...numbers()]).toEqual([1]);
    await fleet.settle();
    expect(fleet.states).toEqual(['closed', 'closed', 'closed']);
  });
});

describe('a call that joins another', () => {
  it('is a part of the one trial', async () => {
    const [fleet, first] = await dueFleet();
    expect(await first.breaker.execute(() => first.breaker.execute(async () => 'inner'))).toBe('inner');
    await fleet.settle();
    expect(fleet.states).toEqual(['closed', 'closed', 'closed']);
    expect(first.breaker.counts).toMatchObject({ calls: 1, successes: 1 });
  });

  it('after an await asks for a place of its own', async () => {
    const [fleet, first] = await dueFleet();
    const inner = first.breaker.execute(async () => {
      await undefined;
      return rejectionOf(first.breaker.execute(async () => 'inner'));
    });
    expect(await inner).toMatchObject({ reason: 'trial-limit' });
    await fleet.settle();
    expect(first.breaker.state).toBe('closed');
  });
});
