import { CircuitOpenError, CircuitTimeoutError, CircuitTrippedError } from '@breaker/core';
import { describe, expect, it } from 'vitest';
import { call, cameTo, succeed } from './calls.js';
import { rejectionOf } from './caught.js';
import { deferred } from './deferred.js';
import { dueFleet, OPEN } from './due-fleet.js';
import { EXTRA } from './fleet.js';
import { expectNoUnhandledRejection } from './unhandled-rejections.js';

expectNoUnhandledRejection();

const never = (): Promise<never> => new Promise(() => undefined);

describe('a lease that comes too late for its asker', () => {
  it('lets it wait for leaseTimeoutMs at most', async () => {
    const [fleet, first] = await dueFleet();
    first.link.delay(300);
    let seen: unknown;
    void rejectionOf(first.breaker.execute(never)).then((error) => {
      seen = error;
    });
    await fleet.pass(99);
    expect(seen).toBeUndefined();
    await fleet.pass(2);
    expect(seen).toBeInstanceOf(CircuitOpenError);
    expect(first.breaker.counts).toMatchObject({ calls: 1, rejected: 1 });
  });

  it('serves the next call of its process, which asks for no other', async () => {
    const [fleet, first, second] = await dueFleet();
    first.link.delay(300);
    const asker = cameTo(first.breaker.execute(never));
    await fleet.pass(310);
    expect(await asker).toBe('trial-limit');
    expect(await call(second.breaker)).toBe('trial-limit');
    first.link.heal();
    first.asked.clear();
    const answer = deferred<string>();
    const trial = first.breaker.execute(() => answer.promise);
    await fleet.settle();
    expect(first.asked.updates).toBe(0);
    expect(first.recorder.of('before-call').at(-1)).toMatchObject({ trial: true });
    answer.resolve('value');
    expect(await trial).toBe('value');
    await fleet.settle();
    expect(fleet.states).toEqual(['closed', 'closed', 'closed']);
  });

  it('is released after 1 s, and the place is free to others', async () => {
    const [fleet, first, second] = await dueFleet();
    first.link.delay(300);
    const asker = cameTo(first.breaker.execute(never));
    await fleet.pass(310);
    await asker;
    first.link.heal();
    expect(fleet.record?.leases).toHaveLength(1);
    await fleet.pass(1_100);
    expect(fleet.record).toMatchObject({ state: 'half-open', leases: [], trips: 1 });
    await succeed(second.breaker);
    await fleet.settle();
    expect(fleet.states).toEqual(['closed', 'closed', 'closed']);
  });

  it('is of no use to a call after its deadline', async () => {
    const [fleet, first] = await dueFleet({ trialTimeoutMs: 250 });
    first.link.delay(300);
    const asker = cameTo(first.breaker.execute(never));
    await fleet.pass(310);
    await asker;
    first.link.heal();
    await fleet.passWith(1_000, 50, () => call(first.breaker));
    expect(fleet.states).toEqual(['closed', 'closed', 'closed']);
  });
});

describe('a lease whose reply was lost', () => {
  it('counts as not granted; its place lapses at its deadline, and trips do not grow', async () => {
    const [fleet, first, second] = await dueFleet({ trialTimeoutMs: 3_000 });
    first.link.loseReplies();
    await call(first.breaker);
    expect(fleet.record?.leases).toHaveLength(1);
    expect(await call(second.breaker)).toBe('trial-limit');
    first.crash();
    await fleet.pass(3_000);
    await succeed(second.breaker);
    await fleet.settle();
    expect(second.breaker.state).toBe('closed');
    expect(second.recorder.states).not.toContain('open');
  });
});

describe('a holder that dies', () => {
  it('holds its place until its deadline, and no longer; trips do not grow', async () => {
    const [fleet, first, second, third] = await dueFleet({ trialTimeoutMs: 3_000 });
    void first.breaker.execute(never);
    await fleet.settle();
    first.crash();
    await fleet.passWith(2_900, 100, async () => {
      for (const { breaker } of [second, third]) expect(await call(breaker)).toBe('trial-limit');
    });
    await fleet.pass(150);
    expect(fleet.record).toMatchObject({ state: 'half-open', trips: 1 });
    expect(await call(second.breaker)).toBe('success');
    await fleet.settle();
    expect([second.breaker.state, third.breaker.state]).toEqual(['closed', 'closed']);
  });
});

describe('a trial that reaches its deadline', () => {
  it('is aborted, and settled as failed by its own process', async () => {
    const [fleet, first] = await dueFleet({ trialTimeoutMs: 3_000 });
    let signal: AbortSignal | undefined;
    const seen = rejectionOf(
      first.breaker.execute((context) => {
        signal = context.signal;
        return never();
      }),
    );
    await fleet.pass(2_000);
    expect(signal?.aborted).toBe(false);
    await fleet.pass(1_000);
    expect(signal?.aborted).toBe(true);
    const error = await seen;
    expect(error).toBeInstanceOf(CircuitTrippedError);
    expect((error as CircuitTrippedError).cause).toBeInstanceOf(CircuitTimeoutError);
    expect(fleet.states).toEqual(['open', 'open', 'open']);
    expect(fleet.record).toMatchObject({ state: 'open', trips: 2 });
  });

  it('has stopped before its lease ends, also where the lease was long in coming', async () => {
    const [fleet, first, second] = await dueFleet({ trialTimeoutMs: 3_000 });
    first.link.delay(80);
    let stoppedAt = 0;
    void cameTo(
      first.breaker.execute(({ signal }) => {
        signal.addEventListener('abort', () => {
          stoppedAt = fleet.clock.now();
        });
        return never();
      }),
    );
    await fleet.pass(80);
    const expiresAt = fleet.record?.leases?.[0]?.expiresAt ?? 0;
    const now = fleet.clock.now() + 7_000_000;
    await fleet.pass(4_000);
    expect(stoppedAt).toBeGreaterThan(0);
    expect(stoppedAt + 7_000_000).toBeLessThanOrEqual(expiresAt);
    expect(expiresAt).toBeGreaterThan(now);
    expect(second.breaker.state).toBe('open');
  });

  it('whose late value changes nothing', async () => {
    const [fleet, first] = await dueFleet({ trialTimeoutMs: 3_000 });
    const answer = deferred<string>();
    const seen = cameTo(first.breaker.execute(() => answer.promise));
    await fleet.pass(3_000);
    answer.resolve('late');
    expect(await seen).toBe('failure');
    await fleet.pass(1_000);
    expect(fleet.states).toEqual(['open', 'open', 'open']);
    expect(first.breaker.counts).toMatchObject({ calls: 1, failures: 1, successes: 0, timeouts: 1 });
  });
});

describe('the result of a trial', () => {
  it("is settled behind the caller's back", async () => {
    const [fleet, first] = await dueFleet();
    const answer = deferred<string>();
    const trial = first.breaker.execute(() => answer.promise);
    await fleet.settle();
    first.link.delay(200);
    answer.resolve('value');
    expect(await trial).toBe('value');
    expect(first.breaker.state).toBe('half-open');
    await fleet.pass(200);
    expect(fleet.states).toEqual(['closed', 'closed', 'closed']);
  });

  it("of an older round changes nothing: neither the state nor another's place", async () => {
    const [fleet, first, second] = await dueFleet();
    const old = deferred<string>();
    const late = first.breaker.execute(() => old.promise);
    await fleet.settle();
    await second.breaker.open();
    await fleet.pass(OPEN + EXTRA);
    const answer = deferred<string>();
    const trial = second.breaker.execute(() => answer.promise);
    await fleet.settle();
    const [lease] = fleet.record?.leases ?? [];
    old.resolve('late');
    expect(await late).toBe('late');
    await fleet.settle();
    expect(fleet.record).toMatchObject({ state: 'half-open', leases: [lease] });
    expect(first.recorder.of('success').at(-1)).toMatchObject({ late: true });
    answer.resolve('value');
    await trial;
  });
});
