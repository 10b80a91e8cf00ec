import { describe, expect, it } from 'vitest';
import { FakeClock } from '../fake-clock.js';
import { Gate } from './gate.js';
import { ProcessClock } from './process-clock.js';

function setUp() {
  const world = new FakeClock();
  const gate = new Gate();
  return { world, gate, clock: new ProcessClock(world, gate, 1_000) };
}

describe('the clock of a process', () => {
  it('goes with the world from an origin of its own', () => {
    const { world, clock } = setUp();
    world.advance(50);
    expect(clock.now()).toBe(1_050);
  });

  it('runs timers, and counts those that wait', () => {
    const { world, clock } = setUp();
    const ran: number[] = [];
    clock.setTimeout(() => ran.push(clock.now()), 20);
    const cleared = clock.setTimeout(() => ran.push(-1), 10);
    expect(clock.pending).toBe(2);
    clock.clearTimeout(cleared);
    clock.clearTimeout(cleared);
    world.advance(30);
    expect(ran).toEqual([1_020]);
    expect([clock.pending, world.pending]).toEqual([0, 0]);
  });

  it('knows which timers keep a process alive', () => {
    const { clock } = setUp();
    const timer = clock.setTimeout(() => undefined, 20) as { unref(): unknown };
    expect(clock.referenced).toBe(1);
    timer.unref();
    expect([clock.referenced, clock.pending]).toEqual([0, 1]);
  });

  it('runs no timer that was cleared while the process stood still', async () => {
    const { world, gate, clock } = setUp();
    const ran: string[] = [];
    gate.hold();
    clock.setTimeout(() => clock.clearTimeout(second), 10);
    const second = clock.setTimeout(() => ran.push('second'), 20);
    world.advance(30);
    await gate.release();
    expect(ran).toEqual([]);
  });

  it('steps, while timers keep their time', () => {
    const { world, clock } = setUp();
    const ran: number[] = [];
    clock.setTimeout(() => ran.push(world.now()), 20);
    clock.step(500);
    expect([clock.now(), clock.hasGoneBack]).toEqual([1_500, false]);
    clock.step(-700);
    expect([clock.now(), clock.hasGoneBack]).toEqual([800, true]);
    world.advance(20);
    expect(ran).toEqual([20]);
  });

  it('drifts from now on, timers too', () => {
    const { world, clock } = setUp();
    world.advance(100);
    clock.drift(2);
    const ran: number[] = [];
    clock.setTimeout(() => ran.push(world.now()), 20);
    world.advance(50);
    expect(clock.now()).toBe(1_200);
    expect(ran).toEqual([110]);
  });
});
