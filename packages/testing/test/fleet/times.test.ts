import { describe, expect, it } from 'vitest';
import { call, cameTo, fail, succeed } from './calls.js';
import { rejectionOf } from './caught.js';
import { deferred } from './deferred.js';
import { dueFleet } from './due-fleet.js';
import { EXTRA, Fleet } from './fleet.js';
import { expectNoUnhandledRejection } from './unhandled-rejections.js';

expectNoUnhandledRejection();

describe('storageTimeoutMs', () => {
  it('is how long an answer may take', async () => {
    const fleet = new Fleet({ storageTimeoutMs: 50 });
    const { breaker, link } = await fleet.join();
    link.delay(40);
    await fail(breaker);
    await fleet.pass(200);
    expect(breaker.snapshot().degraded).toBe(false);
    link.delay(60);
    await fail(breaker);
    await fleet.pass(200);
    expect(breaker.snapshot().degraded).toBe(true);
  });

  it('can be changed while it runs', async () => {
    const fleet = new Fleet();
    const { breaker, link } = await fleet.join();
    link.delay(700);
    breaker.configure({ storageTimeoutMs: 1_000 });
    const ruled = breaker.open();
    await fleet.pass(700);
    await ruled;
    expect(breaker.snapshot()).toMatchObject({ state: 'open', degraded: false });
  });
});

describe('leaseTimeoutMs', () => {
  it('of 0 lets no call wait: not for a first answer', async () => {
    const fleet = new Fleet({ leaseTimeoutMs: 0 });
    const { breaker, link } = fleet.joinCold();
    link.hang();
    const came = call(breaker);
    await fleet.settle();
    expect(await came).toBe('success');
  });

  it('of 0 lets no call wait for a lease; the next call has it', async () => {
    const [fleet, first] = await dueFleet({ leaseTimeoutMs: 0 });
    first.link.delay(40);
    const came = call(first.breaker);
    await fleet.settle();
    expect(await came).toBe('trial-limit');
    await fleet.pass(50);
    await succeed(first.breaker);
  });

  it('is longer where it is said to be', async () => {
    const [fleet, first] = await dueFleet({ leaseTimeoutMs: 350 });
    first.link.delay(300);
    const came = call(first.breaker);
    await fleet.pass(310);
    expect(await came).toBe('success');
  });
});

describe('a trial of the fleet', () => {
  it('has timeoutMs, too, and has failed then', async () => {
    const [fleet, first] = await dueFleet({ timeoutMs: 800 });
    const seen = rejectionOf(first.breaker.execute(() => new Promise(() => undefined)));
    await fleet.pass(800);
    expect(await seen).toMatchObject({
      name: 'CircuitTrippedError',
      cause: { name: 'CircuitTimeoutError', timeoutMs: 800 },
    });
    expect(fleet.record).toMatchObject({ state: 'open', trips: 2 });
    expect(first.breaker.counts).toMatchObject({ failures: 1, timeouts: 1 });
  });

  it('that fails gives the original error where no new one is wanted', async () => {
    const [fleet, first] = await dueFleet({ throwNewErrorOnTrip: false });
    const error = new Error('down');
    expect(await rejectionOf(first.breaker.execute(() => Promise.reject(error)))).toBe(error);
    await fleet.settle();
    expect(first.breaker.state).toBe('open');
  });

  it('gives way to a fallback where no lease is to be had', async () => {
    const [fleet, first, second] = await dueFleet();
    const answer = deferred<string>();
    const trial = first.breaker.execute(() => answer.promise);
    await fleet.settle();
    expect(await second.breaker.execute(async () => 'value', { fallback: () => 'instead' })).toBe('instead');
    answer.resolve('value');
    expect(await trial).toBe('value');
  });

  it("is told as one, by this process's clock", async () => {
    const [fleet, first] = await dueFleet();
    await fleet.pass(17);
    await succeed(first.breaker);
    await fleet.settle();
    const trials = first.recorder.events.filter((event) => 'trial' in event && event.trial);
    expect(trials.map(({ type }) => type)).toEqual(['before-call', 'success']);
    for (const { at, circuit, breaker } of first.recorder.events) {
      expect([at, circuit, breaker]).toEqual([first.clock.now(), 'orders', first.breaker]);
    }
  });

  it('is one of maxTrials of its process while the storage is down', async () => {
    const fleet = new Fleet({ maxTrials: 2, successThreshold: 2, resetTimeoutMs: 3_000 });
    const { breaker, link } = await fleet.join();
    await breaker.open();
    link.fail();
    await fleet.passWith(2_900, 100, () => call(breaker));
    await fleet.pass(100 + EXTRA);
    expect(breaker.snapshot()).toMatchObject({ state: 'open', degraded: true });
    const answer = deferred<string>();
    const first = cameTo(breaker.execute(() => answer.promise));
    await fleet.settle();
    const second = cameTo(breaker.execute(() => answer.promise));
    await fleet.settle();
    expect(await call(breaker)).toBe('trial-limit');
    answer.resolve('value');
    expect(await Promise.all([first, second])).toEqual(['success', 'success']);
    await fleet.settle();
    expect(breaker.state).toBe('closed');
  });
});
