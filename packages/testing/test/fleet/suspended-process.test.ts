import { describe, expect, it } from 'vitest';
import { call, cameTo, fail, succeed } from './calls.js';
import { deferred } from './deferred.js';
import { dueFleet } from './due-fleet.js';
import { Fleet, HEARD } from './fleet.js';
import { expectNoUnhandledRejection } from './unhandled-rejections.js';

expectNoUnhandledRejection();

const HOUR = 3_600_000;

describe('a process that was suspended', () => {
  it('with failures that it had not sent, does not trip a fleet that has recovered', async () => {
    const fleet = new Fleet();
    const a = await fleet.join();
    const b = await fleet.join();
    await fail(a.breaker, 4);
    a.suspend();
    await fleet.pass(1_000);
    await b.breaker.open();
    await b.breaker.close();
    await fleet.pass(30_000);
    await fail(b.breaker, 3);
    await fleet.pass(HEARD);
    a.resume();
    await fleet.pass(HEARD);
    expect(b.breaker.state).toBe('closed');
    expect(fleet.record?.state).toBe('closed');
  });

  it('with a lease, comes back to a call that has failed, and changes nothing', async () => {
    const [fleet, first, second] = await dueFleet({ trialTimeoutMs: 3_000 });
    const answer = deferred<string>();
    const trial = cameTo(first.breaker.execute(() => answer.promise));
    await fleet.settle();
    first.suspend();
    await fleet.pass(4_000);
    await succeed(second.breaker);
    await fleet.settle();
    expect(second.breaker.state).toBe('closed');
    await fleet.pass(HOUR);
    first.resume();
    answer.resolve('late');
    await trial;
    await fleet.pass(HEARD);
    expect(fleet.states).toEqual(['closed', 'closed', 'closed']);
    expect(second.recorder.states).not.toContain('open');
  });

  it('shows what the fleet shows, soon after', async () => {
    const fleet = new Fleet();
    const a = await fleet.join();
    const b = await fleet.join();
    await call(a.breaker);
    a.suspend();
    await b.breaker.isolate();
    await fleet.pass(HOUR);
    a.resume();
    await call(a.breaker);
    await fleet.settle();
    expect(a.breaker.state).toBe('isolated');
  });

  it('is open no longer than the storage says', async () => {
    const fleet = new Fleet({ resetTimeoutMs: 10_000 });
    const a = await fleet.join();
    const b = await fleet.join();
    await a.breaker.open();
    await fleet.settle();
    a.suspend();
    await fleet.pass(11_000);
    await succeed(b.breaker);
    await fleet.pass(30_000);
    a.resume();
    await call(a.breaker);
    await fleet.settle();
    expect(await call(a.breaker)).toBe('success');
    expect(a.breaker.state).toBe('closed');
  });
});
