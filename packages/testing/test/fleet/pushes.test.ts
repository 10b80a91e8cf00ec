import { describe, expect, it } from 'vitest';
import { call } from './calls.js';
import { Fleet, type Member } from './fleet.js';
import { expectNoUnhandledRejection } from './unhandled-rejections.js';

expectNoUnhandledRejection();

async function pair(options = {}): Promise<[Fleet, Member, Member]> {
  const fleet = new Fleet(options);
  return [fleet, await fleet.join(), await fleet.join()];
}

describe('a push', () => {
  it('reaches the others in one message, without a read', async () => {
    const [fleet, a, b] = await pair();
    await a.breaker.open();
    await fleet.settle();
    expect(b.breaker.state).toBe('open');
    expect(b.asked.reads).toBe(0);
  });

  it('that is lost is made up for by the next poll', async () => {
    const [fleet, a, b] = await pair();
    b.link.dropPushes();
    await a.breaker.open();
    await fleet.passWith(7_600, 100, () => call(b.breaker));
    expect(b.breaker.state).toBe('open');
    await a.breaker.close();
    await fleet.passWith(800, 50, () => call(b.breaker));
    expect(b.breaker.state).toBe('closed');
  });

  it('that comes twice is told once', async () => {
    const [fleet, a, b] = await pair();
    b.link.duplicatePushes();
    await a.breaker.open();
    await a.breaker.halfOpen();
    await fleet.settle();
    await a.breaker.close();
    await fleet.pass(100);
    expect(b.breaker.state).toBe('closed');
    const changes = b.recorder.of('state-change').map(({ from, to }) => `${from}>${to}`);
    expect(new Set(changes).size).toBe(changes.length);
  });

  it('that comes late does not undo what came after', async () => {
    const [fleet, a, b] = await pair();
    b.link.delayPushes(300);
    await a.breaker.open();
    b.link.heal();
    await a.breaker.close();
    await fleet.settle();
    expect(b.breaker.state).toBe('closed');
    await fleet.pass(400);
    expect(b.breaker.state).toBe('closed');
    expect(b.recorder.states).toEqual([]);
  });

  it('of garbage does no harm', async () => {
    const [fleet, a] = await pair();
    const listeners: ((record?: unknown) => void)[] = [];
    const link = fleet.storage.link();
    const c = await fleet.join({
      storage: {
        read: (name) => link.read(name),
        update: (name, change) => link.update(name, change),
        subscribe: (name, onPush) => {
          listeners.push(onPush);
          return link.subscribe(name, onPush);
        },
      },
    });
    const garbage = [null, 0, '', 'open', [], {}, Number.NaN, { epoch: 99 }, { schema: 999, epoch: 99, revision: 99 }];
    const hostile = {
      get epoch(): number {
        throw new Error('no');
      },
    };
    for (const record of [...garbage, hostile, { ...fleet.record, state: 'ajar', epoch: 99 }]) {
      for (const onPush of listeners) expect(() => onPush(record)).not.toThrow();
      await fleet.settle();
    }
    await fleet.pass(10_000);
    expect(c.breaker.snapshot()).toMatchObject({ state: 'closed', degraded: false });
    await a.breaker.open();
    await fleet.settle();
    expect(c.breaker.state).toBe('open');
  });

  it('without a record makes the process read', async () => {
    const [fleet, a] = await pair();
    const hints: (() => void)[] = [];
    const link = fleet.storage.link();
    let reads = 0;
    const c = await fleet.join({
      storage: {
        read: (name) => {
          reads += 1;
          return link.read(name);
        },
        update: (name, change) => link.update(name, change),
        subscribe: (_, onPush) => {
          hints.push(() => onPush());
          return () => undefined;
        },
      },
    });
    await a.breaker.open();
    await fleet.settle();
    const before = reads;
    for (const hint of hints) hint();
    await fleet.settle();
    expect(reads).toBeGreaterThan(before);
    expect(c.breaker.state).toBe('open');
  });

  it('is not needed: a storage without subscribe is followed by polls', async () => {
    const [fleet, a] = await pair();
    const link = fleet.storage.link();
    const c = await fleet.join({
      storage: { read: (name) => link.read(name), update: (name, change) => link.update(name, change) },
    });
    await a.breaker.open();
    await fleet.passWith(7_600, 100, () => call(c.breaker));
    expect(c.breaker.state).toBe('open');
    await c.breaker.close();
    await fleet.settle();
    expect(a.breaker.state).toBe('closed');
  });
});
