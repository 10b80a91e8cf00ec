import { expect, it } from 'vitest';
import { HELD_MS, holdTimers } from './held-timers.js';

it('holds back its own timers only, until they are passed, and gives the real ones back', async () => {
  const real = globalThis.setTimeout;
  const timers = holdTimers();
  const ran: string[] = [];
  setTimeout(() => ran.push('held'), HELD_MS);
  setTimeout(() => ran.push('held, too'), HELD_MS - 1);
  await new Promise<void>((resolve) => setTimeout(resolve, 1));
  expect(ran).toEqual([]);
  timers.pass();
  timers.pass();
  expect(ran).toEqual(['held', 'held, too']);
  timers.release();
  expect(globalThis.setTimeout).toBe(real);
});
