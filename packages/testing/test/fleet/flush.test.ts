import { describe, expect, it } from 'vitest';
import { fail, succeed } from './calls.js';
import { dueFleet } from './due-fleet.js';
import { Fleet, HEARD } from './fleet.js';
import { expectNoUnhandledRejection } from './unhandled-rejections.js';

expectNoUnhandledRejection();

describe('flush()', () => {
  it('commits what is pending at once, in one commit', async () => {
    const fleet = new Fleet();
    const { breaker, asked } = await fleet.join();
    await fail(breaker, 3);
    expect(asked.updates).toBe(0);
    await breaker.flush();
    expect(asked.updates).toBe(1);
    expect(fleet.record).toMatchObject({ state: 'closed', revision: 1 });
    await fleet.pass(HEARD);
    expect(asked.updates).toBe(1);
  });

  it('serves functions that freeze after their answer: each failure counts', async () => {
    const fleet = new Fleet();
    const witness = await fleet.join();
    for (let invocation = 0; invocation < 5; invocation += 1) {
      const { breaker } = await fleet.join();
      await fail(breaker);
      await breaker.flush();
    }
    await fleet.pass(HEARD);
    expect(witness.breaker.state).toBe('open');
  });

  it('has nothing to do where nothing is pending', async () => {
    const fleet = new Fleet();
    const { breaker, asked } = await fleet.join();
    await succeed(breaker, 3);
    await breaker.flush();
    expect(asked.operations).toEqual([]);
  });

  it('on a cold breaker that nobody used touches nothing', async () => {
    const fleet = new Fleet();
    const { breaker, asked } = fleet.joinCold();
    await breaker.flush();
    expect(asked.updates).toBe(0);
  });

  it('waits for what is on its way: a report, a settlement', async () => {
    const [fleet, first] = await dueFleet();
    await succeed(first.breaker);
    await first.breaker.flush();
    expect(fleet.record?.state).toBe('closed');

    first.link.delay(40);
    await fail(first.breaker);
    let isFlushed = false;
    const flushed = first.breaker.flush().then(() => {
      isFlushed = true;
    });
    await fleet.pass(39);
    expect(isFlushed).toBe(false);
    await fleet.pass(1);
    await flushed;
    await fleet.pass(HEARD);
    expect(first.asked.updates).toBe(3);
  });

  it('commits what a process gathered while another commit was on its way', async () => {
    const fleet = new Fleet();
    const { breaker, link } = await fleet.join();
    const other = await fleet.join();
    link.delay(40);
    await fail(breaker, 2);
    const first = breaker.flush();
    await fleet.pass(10);
    await fail(breaker, 1);
    const second = breaker.flush();
    await fleet.pass(80);
    await Promise.all([first, second]);
    await fail(other.breaker, 2);
    await fleet.pass(HEARD);
    expect(fleet.states).toEqual(['open', 'open']);
  });

  it('never rejects, and gives up after storageTimeoutMs', async () => {
    const fleet = new Fleet();
    for (const fault of ['fail', 'hang', 'loseReplies'] as const) {
      const { breaker, link } = await fleet.join();
      await fail(breaker);
      link[fault]();
      let isFlushed = false;
      const flushed = breaker.flush().then(() => {
        isFlushed = true;
      });
      await fleet.pass(510);
      expect(isFlushed).toBe(true);
      await flushed;
      await breaker.flush();
    }
  });
});
