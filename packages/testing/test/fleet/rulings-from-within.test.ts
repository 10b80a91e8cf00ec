import { describe, expect, it } from 'vitest';
import { call, cameTo, fail } from './calls.js';
import { dueFleet } from './due-fleet.js';
import { Fleet, HEARD } from './fleet.js';
import { expectNoUnhandledRejection } from './unhandled-rejections.js';

expectNoUnhandledRejection();

describe('a listener that rules', () => {
  it('in every process at once ends in agreement', async () => {
    const fleet = new Fleet();
    for (let place = 0; place < 3; place += 1) {
      await fleet.join({
        listeners: [
          {
            onStateChange: ({ breaker, to }) => {
              if (to === 'open') void breaker.close();
            },
          },
        ],
      });
    }
    for (const { breaker } of fleet.members) await fail(breaker, 2);
    await fleet.pass(HEARD);
    expect(fleet.states).toEqual(['closed', 'closed', 'closed']);
    expect(fleet.record?.state).toBe('closed');
    await fleet.pass(HEARD);
    expect(fleet.record?.epoch).toBeLessThanOrEqual(4);
  });

  it('is told of its own ruling after the event at hand', async () => {
    const told: string[] = [];
    const fleet = new Fleet();
    const { breaker } = await fleet.join({
      listeners: [
        {
          onStateChange: ({ breaker: changed, to }) => {
            if (to === 'open') void changed.isolate();
          },
        },
        { onStateChange: ({ from, to }) => void told.push(`${from}>${to}`) },
      ],
    });
    await breaker.open();
    await fleet.settle();
    expect(told).toEqual(['closed>open', 'open>isolated']);
    expect(fleet.record?.state).toBe('isolated');
  });

  it('that throws changes nothing for the fleet', async () => {
    const fleet = new Fleet();
    const throwing = {
      onStateChange: () => {
        throw new Error('listener');
      },
      onListenerError: () => undefined,
    };
    const a = await fleet.join({ listeners: [throwing] });
    const b = await fleet.join({ listeners: [throwing] });
    await a.breaker.open();
    await fleet.settle();
    expect(fleet.states).toEqual(['open', 'open']);
    a.link.fail();
    await a.breaker.close().catch(() => undefined);
    a.link.heal();
    await fleet.pass(10_000);
    await b.breaker.close();
    await fleet.settle();
    expect(fleet.states).toEqual(['closed', 'closed']);
  });
});

describe('a ruling', () => {
  it('by a guarded call about its own trial voids the trial', async () => {
    const [fleet, first] = await dueFleet();
    expect(await cameTo(first.breaker.execute(() => first.breaker.isolate()))).toBe('success');
    await fleet.settle();
    expect(fleet.states).toEqual(['isolated', 'isolated', 'isolated']);
  });

  it('that is on its way when the breaker is disposed of settles', async () => {
    for (const delayMs of [0, 80, 900]) {
      const fleet = new Fleet();
      const { breaker, link } = await fleet.join();
      link.delay(delayMs);
      let settled = 0;
      const count = (): void => {
        settled += 1;
      };
      breaker.open().then(count, count);
      breaker.dispose().then(count, count);
      breaker.isolate().then(count, count);
      await fleet.pass(2_500);
      expect(settled).toBe(3);
      expect(fleet.clock.pending).toBe(0);
    }
  });

  it('is made while another one waits, in the order in which they were asked for', async () => {
    const fleet = new Fleet();
    const a = await fleet.join();
    const b = await fleet.join();
    a.link.delay(50);
    const settled: string[] = [];
    for (const ruling of ['open', 'isolate', 'close', 'disable'] as const) {
      void a.breaker[ruling]().then(() => settled.push(ruling));
    }
    await fleet.pass(300);
    expect(settled).toEqual(['open', 'isolate', 'close', 'disable']);
    expect([a.breaker.state, b.breaker.state]).toEqual(['disabled', 'disabled']);
    expect(await call(b.breaker)).toBe('success');
  });

  it('on a cold breaker whose storage does not answer settles in time', async () => {
    for (const fault of ['fail', 'hang', 'loseReplies'] as const) {
      const fleet = new Fleet();
      const { breaker, link } = fleet.joinCold();
      link[fault]();
      let isSettled = false;
      const settle = (): void => {
        isSettled = true;
      };
      breaker.isolate().then(settle, settle);
      await fleet.pass(1_100);
      expect(isSettled).toBe(true);
    }
  });
});
