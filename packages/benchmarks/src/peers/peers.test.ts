import { describe, expect, it } from 'vitest';
import { plain, windowed } from '../cases/demands.js';
import { guarded } from '../cases/guarded.js';
import { tripped } from '../cases/tripped.js';
import { Wire } from '../cases/wire.js';
import { bare } from './bare.js';
import { HELD_MS, holdTimers } from './held-timers.js';
import type { Demands } from './peer.js';
import { libraries, peers } from './peers.js';

const guards = peers.filter((peer) => peer !== bare);

/** A benchmark of what does not do its job would be none. */
describe.each(guards)('$name', (peer) => {
  it('trips at the fifth failure, rejects without a call, and recovers by a trial', async () => {
    const timers = holdTimers();
    const wire = new Wire();
    const { call } = guarded(peer, wire.call, { ...plain, resetTimeoutMs: peer.reopensByTimer ? HELD_MS : 0 });
    wire.isDown = true;
    for (let i = 0; i < 5; i++) await expect(call()).rejects.toThrow();
    if (peer.reopensByTimer) {
      await expect(call()).rejects.toThrow();
      expect(wire.reached).toBe(5);
    }
    timers.pass();
    wire.isDown = false;
    expect(await call()).toBe(42);
    expect(await call()).toBe(42);
    timers.release();
  });

  it('makes no call while it is open', async () => {
    const { call, dispose } = await tripped(peer, plain);
    await expect(call()).rejects.toThrow();
    dispose();
  });

  it('stays closed where it is told to', async () => {
    const wire = new Wire();
    const { call, dispose } = guarded(peer, wire.call, { ...plain, staysClosed: true });
    wire.isDown = true;
    for (let i = 0; i < 100; i++) await expect(call()).rejects.toThrow('boom');
    expect(wire.reached).toBe(100);
    dispose();
  });
});

const windowedOnes = libraries.filter(({ name }) => name !== 'levee');

describe.each(windowedOnes)('$name with a window of time', (peer) => {
  const demands: Demands = { ...plain, trip: windowed };

  it('trips', async () => {
    const { dispose } = await tripped(peer, demands);
    dispose();
  });

  it('does not trip before its least number of calls, nor where it is told to stay closed', async () => {
    for (const [more, failures] of [
      [{}, 15],
      [{ staysClosed: true }, 100],
    ] as const) {
      const wire = new Wire();
      const { call, dispose } = guarded(peer, wire.call, { ...demands, ...more });
      wire.isDown = true;
      for (let i = 0; i < failures; i++) await expect(call()).rejects.toThrow('boom');
      expect(wire.reached).toBe(failures);
      dispose();
    }
  });
});

describe.each(libraries)('$name', (peer) => {
  it('fails a call that takes too long', async () => {
    const made = peer.guard(() => new Promise(() => undefined), { ...plain, timeoutMs: 1 });
    await expect(made?.call()).rejects.toThrow(/time|cancel|longer/i);
    made?.dispose();
  });

  it('tells of changes of state', async () => {
    let changes = 0;
    const { dispose } = await tripped(peer, { ...plain, onStateChange: () => changes++ });
    expect(changes).toBe(1);
    dispose();
  });
});

const tellers = libraries.filter(({ name }) => name !== 'mollitia');

describe.each(tellers)('$name', (peer) => {
  it('tells of successes', async () => {
    let successes = 0;
    const { call, dispose } = guarded(peer, new Wire().call, { ...plain, onSuccess: () => successes++ });
    await call();
    await call();
    expect(successes).toBe(2);
    dispose();
  });
});
