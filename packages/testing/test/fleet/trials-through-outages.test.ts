import { describe, expect, it } from 'vitest';
import { call, cameTo, succeed } from './calls.js';
import { deferred } from './deferred.js';
import { dueFleet } from './due-fleet.js';
import type { Fleet, Member } from './fleet.js';
import { expectNoUnhandledRejection } from './unhandled-rejections.js';

expectNoUnhandledRejection();

const RECOVERED = 10_000;

/** A process holds a lease, and its storage goes; others wait. */
async function cutOff(options = {}): Promise<{
  fleet: Fleet;
  first: Member;
  second: Member;
  answer: ReturnType<typeof deferred<string>>;
  trial: Promise<string>;
}> {
  const [fleet, first, second] = await dueFleet(options);
  const answer = deferred<string>();
  const trial = cameTo(first.breaker.execute(() => answer.promise));
  await fleet.settle();
  expect(fleet.record?.leases).toHaveLength(1);
  first.link.fail();
  first.link.dropPushes();
  await fleet.passWith(2_000, 100, () => first.breaker.state);
  expect(first.breaker.snapshot()).toMatchObject({ state: 'half-open', degraded: true });
  return { fleet, first, second, answer, trial };
}

describe('a trial during which the storage goes', () => {
  it('and comes back settles its lease', async () => {
    const { fleet, first, answer, trial } = await cutOff();
    first.link.heal();
    await fleet.pass(RECOVERED);
    expect(first.breaker.snapshot()).toMatchObject({ state: 'half-open', degraded: false });
    answer.resolve('value');
    expect(await trial).toBe('success');
    await fleet.settle();
    expect(fleet.states).toEqual(['closed', 'closed', 'closed']);
  });

  it.each([
    ['value', 'closed'],
    ['error', 'open'],
  ])('ends here at once, and settles its lease when the storage is back: %s', async (outcome, state) => {
    const { fleet, first, second, answer, trial } = await cutOff();
    if (outcome === 'value') answer.resolve('value');
    else answer.reject(new Error('down'));
    await trial;
    await fleet.settle();
    expect(first.breaker.state).toBe(state);
    expect(second.breaker.state).toBe('half-open');
    first.link.heal();
    await fleet.pass(RECOVERED);
    expect(fleet.states).toEqual([state, state, state]);
    expect(fleet.record).toMatchObject({ state, trips: state === 'open' ? 2 : 0 });
  });

  it('of maxTrials 1 stays the only one of its process', async () => {
    const { first, answer, trial } = await cutOff();
    expect(await call(first.breaker)).toBe('trial-limit');
    answer.resolve('value');
    await trial;
  });

  it('and that ends after its place was given to another changes nothing', async () => {
    const { fleet, first, second, answer, trial } = await cutOff({ trialTimeoutMs: 5_000, successThreshold: 2 });
    await fleet.pass(3_100);
    await succeed(second.breaker);
    answer.resolve('late');
    await trial;
    first.link.heal();
    await fleet.pass(RECOVERED);
    expect(fleet.record).toMatchObject({ state: 'half-open', successes: 1 });
    await succeed(first.breaker);
    await fleet.settle();
    expect(fleet.states).toEqual(['closed', 'closed', 'closed']);
  });
});
