import type { CircuitBreakerOptions } from '@breaker/core';
import { EXTRA, Fleet, type Member } from './fleet.js';

export const OPEN = 10_000;

/** A fleet of three whose open time is over for every process, and that has just looked. */
export async function dueFleet(options: CircuitBreakerOptions = {}): Promise<[Fleet, Member, Member, Member]> {
  const fleet = new Fleet({ resetTimeoutMs: OPEN, ...options });
  const members: [Member, Member, Member] = [await fleet.join(), await fleet.join(), await fleet.join()];
  await members[0].breaker.open();
  await fleet.pass(OPEN + EXTRA);
  for (const { breaker } of members) breaker.snapshot();
  await fleet.settle();
  for (const { asked, recorder } of members) {
    asked.clear();
    recorder.clear();
  }
  return [fleet, ...members];
}
