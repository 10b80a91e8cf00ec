import { describe, expect, it, vi } from 'vitest';
import { call, cameTo, succeed } from './calls.js';
import { rejectionOf } from './caught.js';
import { dueFleet } from './due-fleet.js';
import { expectNoUnhandledRejection } from './unhandled-rejections.js';

expectNoUnhandledRejection();

const left = new Error('left');

describe('a caller that aborts while its lease is awaited', () => {
  it('sees its own reason at once; the call is not made, and counts as ignored', async () => {
    const [fleet, first] = await dueFleet();
    first.link.delay(80);
    const controller = new AbortController();
    const run = vi.fn(async () => 1);
    const seen = rejectionOf(first.breaker.execute(run, { signal: controller.signal }));
    await fleet.pass(10);
    controller.abort(left);
    expect(await seen).toBe(left);
    await fleet.pass(2_000);
    expect(run).not.toHaveBeenCalled();
    expect(first.breaker.counts).toMatchObject({ calls: 1, ignored: 1, rejected: 0 });
  });

  it('leaves its lease to the next call of its process', async () => {
    const [fleet, first, second] = await dueFleet();
    first.link.delay(80);
    const controller = new AbortController();
    const seen = rejectionOf(first.breaker.execute(async () => 1, { signal: controller.signal }));
    await fleet.pass(10);
    controller.abort(left);
    await seen;
    await fleet.pass(90);
    first.link.heal();
    expect(await call(second.breaker)).toBe('trial-limit');
    await succeed(first.breaker);
    await fleet.settle();
    expect(fleet.states).toEqual(['closed', 'closed', 'closed']);
  });

  it('or to the others after 1 s', async () => {
    const [fleet, first, second] = await dueFleet();
    first.link.delay(80);
    const controller = new AbortController();
    const seen = rejectionOf(first.breaker.acquire({ signal: controller.signal }));
    await fleet.pass(10);
    controller.abort(left);
    expect(await seen).toBe(left);
    await fleet.pass(1_300);
    expect(fleet.record).toMatchObject({ state: 'half-open', leases: [], trips: 1 });
    await succeed(second.breaker);
  });
});

describe('a caller that aborts', () => {
  it('its trial frees the place for others at once', async () => {
    const [fleet, first, second] = await dueFleet();
    const controller = new AbortController();
    const seen = rejectionOf(first.breaker.execute(() => new Promise(() => undefined), { signal: controller.signal }));
    await fleet.settle();
    expect(fleet.record?.leases).toHaveLength(1);
    controller.abort(left);
    expect(await seen).toBe(left);
    await fleet.settle();
    expect(fleet.record).toMatchObject({ state: 'half-open', leases: [], trips: 1 });
    await succeed(second.breaker);
    await fleet.settle();
    expect(fleet.states).toEqual(['closed', 'closed', 'closed']);
  });

  it('before its call asks for nothing', async () => {
    const [fleet, first] = await dueFleet();
    expect(await rejectionOf(first.breaker.execute(async () => 1, { signal: AbortSignal.abort(left) }))).toBe(left);
    await fleet.pass(1_500);
    expect(first.asked.updates).toBe(0);
    expect(first.breaker.counts).toMatchObject({ calls: 1, ignored: 1 });
  });

  it('leaves nothing attached to its signal', async () => {
    const [fleet, first] = await dueFleet();
    const { signal } = new AbortController();
    let attached = 0;
    const add = signal.addEventListener.bind(signal);
    const remove = signal.removeEventListener.bind(signal);
    signal.addEventListener = (...parameters: Parameters<AbortSignal['addEventListener']>) => {
      attached += 1;
      add(...parameters);
    };
    signal.removeEventListener = (...parameters: Parameters<AbortSignal['removeEventListener']>) => {
      attached -= 1;
      remove(...parameters);
    };
    first.link.delay(200);
    const running = cameTo(first.breaker.execute(async () => 1, { signal }));
    await fleet.pass(101);
    expect(await running).toBe('trial-limit');
    expect(attached).toBe(0);
    first.link.heal();
    await fleet.pass(200);
    await first.breaker.execute(async () => 1, { signal });
    expect(attached).toBe(0);
  });
});
