import { CircuitStorageError } from '@breaker/core';
import { describe, expect, it } from 'vitest';
import { call, fail, succeed } from './calls.js';
import { EXTRA, Fleet, HEARD, type Member } from './fleet.js';
import { expectNoUnhandledRejection } from './unhandled-rejections.js';

expectNoUnhandledRejection();

const RECOVERED = 10_000;

type Fault = (link: Member['link']) => void;
const faults: [string, Fault][] = [
  ['fails', (link) => link.fail()],
  ['fails with something odd', (link) => link.fail(null)],
  ['hangs', (link) => link.hang()],
  ['answers after storageTimeoutMs', (link) => link.delay(600)],
  ['loses replies', (link) => link.loseReplies()],
];

async function pair(options = {}): Promise<[Fleet, Member, Member]> {
  const fleet = new Fleet(options);
  return [fleet, await fleet.join(), await fleet.join()];
}

describe.each(faults)('a storage that %s', (_, fault) => {
  it('degrades at a read, once, and recovers once', async () => {
    const [fleet, a] = await pair();
    fault(a.link);
    await fleet.passWith(30_000, 200, () => succeed(a.breaker));
    expect(a.breaker.snapshot().degraded).toBe(true);
    expect(a.recorder.of('storage-degraded')).toHaveLength(1);
    a.link.heal();
    await fleet.passWith(RECOVERED, 200, () => succeed(a.breaker));
    expect(a.breaker.snapshot().degraded).toBe(false);
    expect(a.recorder.of('storage-degraded')).toHaveLength(1);
    expect(a.recorder.of('storage-recovered')).toHaveLength(1);
    expect(a.breaker.counts.successes).toBe(a.breaker.counts.calls);
  });

  it('degrades at a commit', async () => {
    const [fleet, a] = await pair();
    fault(a.link);
    await fail(a.breaker);
    await fleet.pass(800);
    expect(a.breaker.snapshot().degraded).toBe(true);
    expect(a.recorder.of('storage-degraded')).toHaveLength(1);
  });

  it('degrades from the first use on, where it was so when the breaker was made', async () => {
    const fleet = new Fleet();
    const cold = fleet.joinCold();
    fault(cold.link);
    const came = call(cold.breaker);
    await fleet.pass(101);
    expect(await came).toBe('success');
    await fleet.pass(700);
    expect(cold.breaker.snapshot()).toMatchObject({ state: 'closed', degraded: true });
    cold.link.heal();
    await fleet.pass(RECOVERED);
    expect(cold.breaker.snapshot().degraded).toBe(false);
  });

  it('hurts no one else', async () => {
    const [fleet, a, b] = await pair();
    fault(a.link);
    await fail(a.breaker);
    await fleet.passWith(5_000, 100, () => succeed(b.breaker));
    expect(b.breaker.snapshot()).toMatchObject({ state: 'closed', degraded: false });
    expect(b.recorder.of('storage-degraded')).toEqual([]);
  });

  it('leaves an open fleet open here until its time, and lets a trial through then', async () => {
    const [fleet, a] = await pair({ resetTimeoutMs: 20_000 });
    await a.breaker.open();
    fault(a.link);
    await fleet.passWith(19_900, 100, async () => expect(await call(a.breaker)).toBe('open'));
    expect(a.breaker.snapshot().degraded).toBe(true);
    await fleet.pass(100 + EXTRA);
    await succeed(a.breaker);
    await fleet.settle();
    expect(a.breaker.state).toBe('closed');
  });

  it('protects this process by the same rules', async () => {
    const [fleet, a] = await pair({ resetTimeoutMs: 5_000 });
    fault(a.link);
    await fleet.passWith(3_000, 500, () => succeed(a.breaker));
    await fail(a.breaker, 5);
    expect(a.breaker.state).toBe('open');
    await fleet.pass(HEARD);
    expect(await call(a.breaker)).toBe('open');
    await fleet.pass(5_000 + EXTRA);
    await succeed(a.breaker);
    await fleet.settle();
    expect(a.breaker.state).toBe('closed');
  });
});

describe('a storage that is down', () => {
  it('is told with the error that it gave', async () => {
    const [fleet, a] = await pair();
    const error = new Error('no route');
    a.link.fail(error);
    await fail(a.breaker);
    await fleet.pass(200);
    const [event] = a.recorder.of('storage-degraded');
    const told = event?.error;
    expect(told === error || (told instanceof CircuitStorageError && told.cause === error)).toBe(true);
    expect(event).toMatchObject({ circuit: 'orders', at: expect.any(Number) });
  });

  it('is tried again after 100 ms at first and every 5 s at last', async () => {
    const [fleet, a] = await pair();
    a.link.fail();
    await fail(a.breaker);
    await fleet.pass(120);
    a.asked.clear();
    await fleet.pass(1_000);
    expect(a.asked.operations.length).toBeGreaterThanOrEqual(2);
    expect(a.asked.operations.length).toBeLessThanOrEqual(20);
    await fleet.passWith(60_000, 1_000, () => call(a.breaker));
    a.asked.clear();
    await fleet.passWith(60_000, 1_000, () => call(a.breaker));
    expect(a.asked.operations.length).toBeGreaterThanOrEqual(10);
    expect(a.asked.operations.length).toBeLessThanOrEqual(40);
  });

  it('and up and down again is told each time', async () => {
    const [fleet, a] = await pair();
    for (let round = 0; round < 3; round += 1) {
      a.link.fail();
      await fail(a.breaker);
      await fleet.pass(2_000);
      a.link.heal();
      await fleet.pass(RECOVERED);
      await succeed(a.breaker);
    }
    const told = a.recorder.types.filter((type) => type.startsWith('storage-'));
    expect(told).toEqual(Array(3).fill(['storage-degraded', 'storage-recovered']).flat());
  });

  it('lets several trials run, one in each process, each its own', async () => {
    const [fleet, a, b] = await pair({ resetTimeoutMs: 5_000 });
    await a.breaker.open();
    await fleet.settle();
    a.link.fail();
    b.link.fail();
    await fleet.passWith(5_000 + EXTRA, 100, async () => {
      await call(a.breaker);
      await call(b.breaker);
    });
    await fleet.settle();
    expect(await call(a.breaker)).toBe('success');
    expect(await call(b.breaker)).toBe('success');
    await fleet.settle();
    expect(fleet.states).toEqual(['closed', 'closed']);
  });

  it('is a blocked process, and not the storage, where the answer is there as soon as it looks', async () => {
    const [fleet, a] = await pair();
    await fail(a.breaker);
    a.link.hang();
    void a.breaker.flush();
    await fleet.settle();
    // As after a pause of the process: its time-out and the answer are due together.
    fleet.clock.setTimeout(() => a.link.heal(), 500);
    await fleet.pass(600);
    expect(a.breaker.snapshot().degraded).toBe(false);
    expect(fleet.record).toMatchObject({ state: 'closed' });
  });
});
