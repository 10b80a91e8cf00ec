import { describe, expect, it, vi } from 'vitest';
import { rejectionOf } from '../../test/caught.js';
import { FakeClock } from '../../test/fake-clock.js';
import { letPromisesRun } from '../../test/let-promises-run.js';
import type { CircuitRecord } from './circuit-storage.js';
import { MemoryStorage } from './memory-storage.js';

interface Note extends CircuitRecord {
  readonly text: string;
  readonly list?: string[];
}

function setUp() {
  const clock = new FakeClock(1_000);
  const storage = new MemoryStorage({ clock });
  const write = (name: string, note: Note) => storage.update(name, () => note);
  return { clock, storage, write };
}

/** A subscription, and what came of it: `undefined` for a push without a record. */
function subscribe(storage: MemoryStorage, name: string) {
  const heard: unknown[] = [];
  return { heard, stop: storage.subscribe(name, (record) => heard.push(record)) };
}

describe('a storage in memory', () => {
  it('knows nothing of a name before it is written, and says what time it is', async () => {
    const { clock, storage } = setUp();
    expect(await storage.read('orders')).toEqual({ record: undefined, now: 1_000 });
    clock.advance(5);
    expect(await storage.read('orders')).toEqual({ record: undefined, now: 1_005 });
  });

  it('goes by the clock of the process where it is given none', async () => {
    const before = performance.timeOrigin + performance.now();
    expect((await new MemoryStorage().read('orders')).now).toBeGreaterThanOrEqual(before);
  });

  it('writes what is made of the record and the time, and answers what is stored then', async () => {
    const { storage, write } = setUp();
    expect(await write('orders', { text: 'one' })).toEqual({ record: { text: 'one' }, now: 1_000 });
    const change = vi.fn((): Note => ({ text: 'two' }));
    expect(await storage.update('orders', change)).toEqual({ record: { text: 'two' }, now: 1_000 });
    expect(change).toHaveBeenCalledExactlyOnceWith({ text: 'one' }, 1_000);
    expect(await storage.read('orders')).toEqual({ record: { text: 'two' }, now: 1_000 });
    expect(await storage.read('payments')).toMatchObject({ record: undefined });
  });

  it('writes nothing where the change declines', async () => {
    const { storage, write } = setUp();
    await write('orders', { text: 'one' });
    expect(await storage.update('orders', () => undefined)).toEqual({ record: { text: 'one' }, now: 1_000 });
    expect(await storage.update('payments', () => undefined)).toEqual({ record: undefined, now: 1_000 });
  });

  it('rejects with what the change throws, and writes nothing', async () => {
    const { storage, write } = setUp();
    await write('orders', { text: 'one' });
    const fault = { odd: true };
    const update = storage.update('orders', () => {
      throw fault;
    });
    expect(await rejectionOf(update)).toBe(fault);
    expect(await storage.read('orders')).toMatchObject({ record: { text: 'one' } });
  });

  it('takes and gives copies', async () => {
    const { storage, write } = setUp();
    const { heard } = subscribe(storage, 'orders');
    const list = ['one'];
    const answers = [await write('orders', { text: 'mine', list }), await storage.read('orders')];
    await storage.update('orders', (record) => {
      answers.push({ record, now: 0 });
      return undefined;
    });
    for (const { record } of [...answers, { record: heard.at(-1) }]) (record as { list: string[] }).list.push('more');
    list.push('more');
    expect(await storage.read('orders')).toMatchObject({ record: { text: 'mine', list: ['one'] } });
  });
});

describe('a record in memory', () => {
  it('is kept until the time that it says, and not for longer', async () => {
    const { clock, storage, write } = setUp();
    await write('orders', { text: 'one', keepUntilAt: 1_100 });
    clock.advance(100);
    expect(await storage.read('orders')).toEqual({ record: { text: 'one', keepUntilAt: 1_100 }, now: 1_100 });
    clock.advance(1);
    expect(await storage.read('orders')).toEqual({ record: undefined, now: 1_101 });
    const change = vi.fn();
    await storage.update('orders', change);
    expect(change).toHaveBeenCalledExactlyOnceWith(undefined, 1_101);
  });

  it('is kept for ever where it says nothing', async () => {
    const { clock, storage, write } = setUp();
    await write('orders', { text: 'one' });
    clock.advance(Number.MAX_SAFE_INTEGER);
    expect(await storage.read('orders')).toMatchObject({ record: { text: 'one' } });
  });
});

describe('a subscription to a storage in memory', () => {
  it('is told once to read, not before it has returned, and then of every record that is written', async () => {
    const { storage, write } = setUp();
    const { heard } = subscribe(storage, 'orders');
    expect(heard).toEqual([]);
    await letPromisesRun();
    expect(heard).toEqual([undefined]);
    await write('orders', { text: 'one' });
    await write('payments', { text: 'other' });
    await storage.update('orders', () => undefined);
    await letPromisesRun();
    expect(heard).toEqual([undefined, { text: 'one' }]);
  });

  it('without a record brings no argument: it is not told that the record is undefined', async () => {
    const { storage } = setUp();
    const onPush = vi.fn();
    storage.subscribe('orders', onPush);
    await letPromisesRun();
    expect(onPush.mock.calls).toEqual([[]]);
  });

  it('hears nothing more once it has ended, not even what is on its way', async () => {
    const { storage, write } = setUp();
    const [one, other] = [subscribe(storage, 'orders'), subscribe(storage, 'orders')];
    await letPromisesRun();
    for (const { stop } of [one, other]) {
      void write('orders', { text: 'next' });
      stop();
      await letPromisesRun();
    }
    await write('orders', { text: 'last' });
    await letPromisesRun();
    expect([one.heard, other.heard]).toEqual([[undefined], [undefined, { text: 'next' }]]);
  });

  it('can be ended twice, and takes no other one along', async () => {
    const { storage, write } = setUp();
    const first = subscribe(storage, 'orders');
    first.stop();
    const second = subscribe(storage, 'orders');
    first.stop();
    await write('orders', { text: 'one' });
    await letPromisesRun();
    expect([first.heard, second.heard]).toEqual([[], [undefined, { text: 'one' }]]);
  });

  it('is one of its own, though the same function is given twice', async () => {
    const { storage, write } = setUp();
    const onPush = vi.fn();
    const stop = storage.subscribe('orders', onPush);
    storage.subscribe('orders', onPush);
    await letPromisesRun();
    expect(onPush).toHaveBeenCalledTimes(2);
    stop();
    await write('orders', { text: 'one' });
    await letPromisesRun();
    expect(onPush).toHaveBeenCalledTimes(3);
  });
});

it.each([
  [5, 'options must be an object, but is 5'],
  [{ clok: 5 }, 'options has an unknown key "clok" (5), expected: clock'],
  [{ clock: 5 }, 'clock must be a clock: an object with now, setTimeout and clearTimeout, but is 5'],
])('a storage in memory refuses the options %o, and says what is wrong', (options, message) => {
  expect(() => new MemoryStorage(options as never)).toThrow(new TypeError(message));
});
