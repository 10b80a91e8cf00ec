import { describe, expect, it, vi } from 'vitest';
import { call, cameTo, fail, succeed } from './calls.js';
import { Fleet } from './fleet.js';
import { expectNoUnhandledRejection } from './unhandled-rejections.js';

expectNoUnhandledRejection();

async function openFleet(): Promise<Fleet> {
  const fleet = new Fleet();
  await (await fleet.join()).breaker.open();
  return fleet;
}

describe('a cold process', () => {
  it('knows an open circuit once it is ready', async () => {
    const fleet = await openFleet();
    const { breaker } = fleet.joinCold();
    expect(breaker.state).toBe('closed');
    await breaker.ready();
    expect(breaker.state).toBe('open');
    expect(await call(breaker)).toBe('open');
  });

  it('is told of what it finds as a change that another made', async () => {
    const fleet = await openFleet();
    const { breaker, recorder } = fleet.joinCold();
    await breaker.ready();
    expect(recorder.of('state-change')).toHaveLength(1);
    expect(recorder.of('state-change')[0]).toMatchObject({
      from: 'closed',
      to: 'open',
      scope: 'fleet',
      origin: 'remote',
    });
  });

  it('lets its first calls wait for the first answer', async () => {
    const fleet = await openFleet();
    const { breaker, link } = fleet.joinCold();
    link.delay(60);
    const first = call(breaker);
    await fleet.pass(30);
    const second = call(breaker);
    const third = cameTo(breaker.acquire());
    await fleet.pass(30);
    expect(await Promise.all([first, second, third])).toEqual(['open', 'open', 'open']);
    expect(breaker.counts).toMatchObject({ calls: 3, rejected: 3 });
  });

  it('lets them wait for one leaseTimeoutMs in all', async () => {
    const fleet = await openFleet();
    const { breaker, link } = fleet.joinCold();
    link.delay(300);
    const came: string[] = [];
    const make = async (name: string): Promise<void> => void came.push(`${name}: ${await call(breaker)}`);
    void make('first');
    await fleet.pass(60);
    void make('second');
    await fleet.pass(39);
    expect(came).toEqual([]);
    await fleet.pass(2);
    expect(came.sort()).toEqual(['first: success', 'second: success']);
    void make('third');
    await fleet.settle();
    expect(came).toContain('third: success');
    await fleet.pass(300);
    expect(breaker.state).toBe('open');
    expect(await call(breaker)).toBe('open');
  });

  it('with leaseTimeoutMs of its own waits for that', async () => {
    const fleet = await openFleet();
    const { breaker, link } = fleet.joinCold({ leaseTimeoutMs: 250 });
    link.delay(200);
    const came = call(breaker);
    await fleet.pass(200);
    expect(await came).toBe('open');
  });

  it('never lets a sync call wait', async () => {
    const fleet = await openFleet();
    const { breaker } = fleet.joinCold();
    expect(breaker.executeSync(() => 'made')).toBe('made');
    expect(breaker.wrapSync(() => 'made')()).toBe('made');
    await fleet.settle();
    expect(() => breaker.executeSync(() => 'made')).toThrow(/open/i);
  });

  it('lets a call go that its caller aborts meanwhile, and does not make it', async () => {
    const fleet = new Fleet();
    const { breaker, link } = fleet.joinCold();
    link.delay(80);
    const controller = new AbortController();
    const run = vi.fn(async () => 1);
    const running = breaker.execute(run, { signal: controller.signal });
    const seen = running.catch((error: unknown) => error);
    await fleet.pass(10);
    controller.abort(new Error('left'));
    expect(await seen).toMatchObject({ message: 'left' });
    await fleet.pass(1_000);
    expect(run).not.toHaveBeenCalled();
    expect(breaker.counts).toMatchObject({ calls: 1, ignored: 1 });
  });

  it('waits once: after its first answer no closed call waits', async () => {
    const fleet = new Fleet();
    const { breaker, link } = await fleet.join();
    link.hang();
    await fleet.pass(120_000);
    await succeed(breaker, 3);
    await fail(breaker);
    expect(breaker.counts).toMatchObject({ calls: 4, successes: 3, failures: 1 });
  });
});

describe('ready()', () => {
  it('resolves where nothing is stored, and writes nothing', async () => {
    const fleet = new Fleet();
    const { breaker, asked } = fleet.joinCold();
    await breaker.ready();
    expect(breaker.snapshot()).toMatchObject({ state: 'closed', degraded: false });
    expect(fleet.record).toBeUndefined();
    expect(asked.updates).toBe(0);
  });

  it('resolves again and again, without reading each time', async () => {
    const fleet = new Fleet();
    const { breaker, asked } = await fleet.join();
    for (let times = 0; times < 5; times += 1) await breaker.ready();
    expect(asked.reads).toBeLessThanOrEqual(1);
  });

  it('never rejects: a storage that fails, one that hangs', async () => {
    const fleet = new Fleet();
    const failing = fleet.joinCold();
    failing.link.fail();
    await failing.breaker.ready();
    expect(failing.breaker.snapshot().degraded).toBe(true);

    const hanging = fleet.joinCold();
    hanging.link.hang();
    let isReady = false;
    void hanging.breaker.ready().then(() => {
      isReady = true;
    });
    await fleet.pass(501);
    expect(isReady).toBe(true);
    expect(hanging.breaker.snapshot().degraded).toBe(true);
  });
});
