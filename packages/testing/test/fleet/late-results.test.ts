import { describe, expect, it } from 'vitest';
import { cameTo, fail } from './calls.js';
import { deferred } from './deferred.js';
import { Fleet, HEARD } from './fleet.js';
import { expectNoUnhandledRejection } from './unhandled-rejections.js';

expectNoUnhandledRejection();

describe('the result of a call admitted in an older epoch', () => {
  it.each(['failure', 'success'] as const)('counts, and changes nothing else: %s', async (outcome) => {
    const fleet = new Fleet();
    const a = await fleet.join();
    const b = await fleet.join();
    const answer = deferred<string>();
    const running = cameTo(a.breaker.execute(() => answer.promise));
    await b.breaker.open();
    await fleet.settle();
    expect(a.breaker.state).toBe('open');
    await b.breaker.close();
    await fleet.settle();
    await fail(a.breaker, 2);
    const { failures } = a.breaker.snapshot();
    if (outcome === 'success') answer.resolve('late');
    else answer.reject(new Error('late'));
    expect(await running).toBe(outcome);
    expect(a.breaker.snapshot().failures).toBe(failures);
    expect(a.recorder.of(outcome).at(-1)).toMatchObject({ late: true });
    expect(a.breaker.counts.calls).toBe(3);
  });

  it('does not open a fleet that has recovered, however many come late', async () => {
    const fleet = new Fleet();
    const a = await fleet.join();
    const b = await fleet.join();
    const answer = deferred<string>();
    const running = Array.from({ length: 30 }, () => cameTo(a.breaker.execute(() => answer.promise)));
    await b.breaker.open();
    await b.breaker.close();
    await fleet.settle();
    answer.reject(new Error('late'));
    await Promise.all(running);
    await fleet.pass(HEARD);
    expect(fleet.states).toEqual(['closed', 'closed']);
    expect(a.breaker.counts).toMatchObject({ calls: 30, failures: 30 });
    expect(fleet.record?.revision).toBe(2);
  });

  it('does not reach a round that has begun since', async () => {
    const fleet = new Fleet();
    const a = await fleet.join();
    const b = await fleet.join();
    const answer = deferred<string>();
    const running = cameTo(a.breaker.execute(() => answer.promise));
    await b.breaker.halfOpen();
    await fleet.settle();
    answer.resolve('late');
    await running;
    await fleet.pass(HEARD);
    expect(fleet.record).toMatchObject({ state: 'half-open', successes: 0 });
  });

  it('by a push that overtakes nothing: those in time still count', async () => {
    const fleet = new Fleet();
    const a = await fleet.join();
    const b = await fleet.join();
    const answer = deferred<string>();
    const running = Array.from({ length: 3 }, () => cameTo(a.breaker.execute(() => answer.promise)));
    await fail(b.breaker, 2);
    await fleet.pass(120);
    answer.reject(new Error('down'));
    await Promise.all(running);
    expect(a.recorder.of('failure').map(({ late }) => late)).toEqual([false, false, false]);
    await fleet.pass(HEARD);
    expect(fleet.states).toEqual(['open', 'open']);
  });
});
