import { CircuitStorageError } from '@breaker/core';
import { describe, expect, it } from 'vitest';
import { call, fail } from './calls.js';
import { rejectionOf } from './caught.js';
import { Fleet } from './fleet.js';
import { expectNoUnhandledRejection } from './unhandled-rejections.js';

expectNoUnhandledRejection();

const RECOVERED = 10_000;

async function pair() {
  const fleet = new Fleet();
  return { fleet, a: await fleet.join(), b: await fleet.join() };
}

describe('a ruling that the storage does not take', () => {
  it('rejects with a CircuitStorageError', async () => {
    const { a } = await pair();
    const cause = new Error('no route');
    a.link.fail(cause);
    const error = await rejectionOf(a.breaker.open());
    expect(error).toBeInstanceOf(CircuitStorageError);
    expect(error).toMatchObject({
      circuit: 'orders',
      code: 'ERR_CIRCUIT_STORAGE',
      reason: 'unavailable',
      mayHaveBeenApplied: true,
      cause,
    });
  });

  it.each([
    ['conflict', false],
    ['timeout', true],
    ['unavailable', false],
    ['unreadable', false],
  ] as const)('passes on what the storage says of it: %s, %s', async (reason, mayHaveBeenApplied) => {
    const { a } = await pair();
    a.link.fail(Object.assign(new Error('no'), { reason, mayHaveBeenApplied }));
    expect(await rejectionOf(a.breaker.isolate())).toMatchObject({ reason, mayHaveBeenApplied });
  });

  it('says that it may have been applied where the reply was lost', async () => {
    const { fleet, a } = await pair();
    a.link.loseReplies();
    const error = await rejectionOf(a.breaker.isolate());
    expect(error).toBeInstanceOf(CircuitStorageError);
    expect(error).toMatchObject({ mayHaveBeenApplied: true });
    expect(fleet.record?.state).toBe('isolated');
  });

  it('says so where no answer came within storageTimeoutMs', async () => {
    const { fleet, a } = await pair();
    a.link.hang();
    const seen = rejectionOf(a.breaker.open());
    let isSettled = false;
    void seen.then(() => {
      isSettled = true;
    });
    await fleet.pass(499);
    expect(isSettled).toBe(false);
    await fleet.pass(2);
    expect(isSettled).toBe(true);
    expect(await seen).toMatchObject({ reason: 'timeout', mayHaveBeenApplied: true });
  });

  it('writes nothing later, once it was given up', async () => {
    const { fleet, a } = await pair();
    a.link.delay(1_400);
    const seen = rejectionOf(a.breaker.isolate());
    await fleet.pass(510);
    expect(await seen).toMatchObject({ reason: 'timeout' });
    await fleet.pass(1_500);
    expect(fleet.record?.state ?? 'closed').toBe('closed');
  });

  it('goes through a race', async () => {
    const { fleet, a, b } = await pair();
    a.link.conflict(5);
    await a.breaker.open();
    await fleet.settle();
    expect(b.breaker.state).toBe('open');
    expect(fleet.record).toMatchObject({ epoch: 1, revision: 1 });
  });
});

describe('a ruling while the storage is down', () => {
  it('takes effect at once for this process, and is committed later', async () => {
    const { fleet, a, b } = await pair();
    a.link.fail();
    await a.breaker.open().catch(() => undefined);
    expect(a.breaker.snapshot().degraded).toBe(true);
    await a.breaker.isolate();
    expect(a.breaker.state).toBe('isolated');
    expect(await call(a.breaker)).toBe('isolated');
    expect(b.breaker.state).toBe('closed');
    a.link.heal();
    await fleet.pass(RECOVERED);
    expect(fleet.record?.state).toBe('isolated');
    expect([a.breaker.state, b.breaker.state]).toEqual(['isolated', 'isolated']);
  });

  it('the last of several is committed', async () => {
    const { fleet, a, b } = await pair();
    a.link.fail();
    await a.breaker.open().catch(() => undefined);
    for (const ruling of ['isolate', 'open', 'close', 'disable'] as const) await a.breaker[ruling]();
    expect(a.breaker.state).toBe('disabled');
    a.link.heal();
    await fleet.pass(RECOVERED);
    expect([a.breaker.state, b.breaker.state]).toEqual(['disabled', 'disabled']);
  });

  it('holds without a gap until it is committed, and is told once', async () => {
    const { fleet, a, b } = await pair();
    a.link.fail();
    await a.breaker.open().catch(() => undefined);
    await a.breaker.isolate();
    a.link.heal();
    a.link.delay(100);
    await fleet.passWith(RECOVERED, 20, async () => expect(await call(a.breaker)).toBe('isolated'));
    expect(b.breaker.state).toBe('isolated');
    expect(a.breaker.snapshot().degraded).toBe(false);
    expect(a.recorder.of('state-change').filter(({ to }) => to === 'isolated')).toHaveLength(1);
  });

  it('close() is committed: it ends what others ruled before', async () => {
    const { fleet, a, b } = await pair();
    await b.breaker.isolate();
    await fleet.settle();
    a.link.fail();
    await a.breaker.open().catch(() => undefined);
    await a.breaker.close();
    expect(a.breaker.state).toBe('closed');
    a.link.heal();
    await fleet.pass(RECOVERED);
    expect([a.breaker.state, b.breaker.state]).toEqual(['closed', 'closed']);
  });

  it('what it found by itself is not committed', async () => {
    const { fleet, a, b } = await pair();
    a.link.fail();
    await fail(a.breaker, 20);
    await fleet.pass(5_000);
    expect(a.breaker.state).toBe('open');
    a.link.heal();
    await fleet.pass(RECOVERED);
    expect(b.breaker.state).toBe('closed');
    expect(fleet.record?.state ?? 'closed').toBe('closed');
  });
});
