import { describe, expect, it, vi } from 'vitest';
import { write } from '../../test/write.js';
import { FakeClock } from '../fake-clock.js';
import { FakeStorage } from './fake-storage.js';

function setUp() {
  const clock = new FakeClock(1_000);
  const storage = new FakeStorage({ clock });
  return { clock, storage };
}

/** What a promise has come to by now. */
async function stateOf(promise: Promise<unknown>): Promise<unknown> {
  const pending = 'pending';
  return Promise.race([promise.catch((error: unknown) => error), new FakeClock().advanceAsync(0).then(() => pending)]);
}

describe('without faults', () => {
  it('keeps records, tells the time, and sets no timer', async () => {
    const { clock, storage } = setUp();
    expect(await storage.read('a')).toEqual({ record: undefined, now: 1_000 });
    expect(await storage.update('a', write(1))).toEqual({ record: { revision: 1 }, now: 1_000 });
    clock.advance(5);
    const change = vi.fn(() => undefined);
    expect(await storage.update('a', change)).toEqual({ record: { revision: 1 }, now: 1_005 });
    expect(change.mock.calls).toEqual([[{ revision: 1 }, 1_005]]);
    expect(storage.record('a')).toEqual({ revision: 1 });
    expect(clock.pending).toBe(0);
  });

  it('rejects with what change throws', async () => {
    const { storage } = setUp();
    const error = new Error('broken change');
    const update = storage.update('a', () => {
      throw error;
    });
    expect(await stateOf(update)).toBe(error);
  });

  it('counts what is asked and what comes of it, over all links', async () => {
    const { storage } = setUp();
    const link = storage.link();
    storage.subscribe('a', () => {});
    await storage.read('a');
    await link.update('a', write(1));
    await link.update('b', write(1));
    await storage.update('a', () => undefined);
    link.fail();
    await stateOf(link.read('a'));
    await stateOf(link.update('a', write(2)));
    expect(storage.counts).toEqual({ reads: 2, updates: 4, writes: 2, pushes: 1 });
    expect(link.counts).toEqual(storage.counts);
  });

  it('forgets what need not be kept any more', async () => {
    const { clock, storage } = setUp();
    await storage.update('a', () => ({ keepUntilAt: 1_010 }));
    clock.advance(10);
    expect(storage.record('a')).toEqual({ keepUntilAt: 1_010 });
    clock.advance(1);
    expect(storage.record('a')).toBeUndefined();
  });
});

describe('pushes', () => {
  it('bring every write to every subscriber, over all links, later', async () => {
    const { clock, storage } = setUp();
    const onPush = vi.fn();
    const onPushOfLink = vi.fn();
    storage.subscribe('a', onPush);
    storage.link().subscribe('a', onPushOfLink);
    expect(onPush).not.toHaveBeenCalled();
    await storage.update('a', write(1));
    await storage.update('b', write(1));
    await clock.advanceAsync(0);
    expect(onPush.mock.calls).toEqual([[], [{ revision: 1 }]]);
    expect(onPushOfLink.mock.calls).toEqual([[], [{ revision: 1 }]]);
  });

  it('end with the subscription', async () => {
    const { clock, storage } = setUp();
    const onPush = vi.fn();
    const unsubscribe = storage.subscribe('a', onPush);
    const unsubscribeLink = storage.link().subscribe('a', () => {});
    expect([storage.subscribers('a'), storage.subscribers('b')]).toEqual([2, 0]);
    const update = storage.update('a', write(1));
    unsubscribe();
    unsubscribe();
    await update;
    await clock.advanceAsync(0);
    expect(onPush).not.toHaveBeenCalled();
    expect(storage.subscribers('a')).toBe(1);
    unsubscribeLink();
    expect(storage.subscribers('a')).toBe(0);
  });

  it('can be dropped, silently', async () => {
    const { clock, storage } = setUp();
    const onPush = vi.fn();
    storage.dropPushes();
    storage.subscribe('a', onPush);
    await storage.link().update('a', write(1));
    storage.heal();
    await clock.advanceAsync(0);
    expect(onPush).not.toHaveBeenCalled();
    await storage.update('a', write(2));
    await clock.advanceAsync(0);
    expect(onPush.mock.calls).toEqual([[{ revision: 2 }]]);
  });

  it('can come twice', async () => {
    const { clock, storage } = setUp();
    const onPush = vi.fn();
    storage.duplicatePushes();
    storage.subscribe('a', onPush);
    await storage.update('a', write(1));
    await clock.advanceAsync(0);
    expect(onPush.mock.calls).toEqual([[], [], [{ revision: 1 }], [{ revision: 1 }]]);
    expect(storage.counts.pushes).toBe(2);
  });

  it('can come late, and after later ones', async () => {
    const { clock, storage } = setUp();
    const onPush = vi.fn();
    storage.subscribe('a', onPush);
    await clock.advanceAsync(0);
    storage.delayPushes(20);
    await storage.update('a', write(1));
    storage.heal();
    await storage.update('a', write(2));
    await clock.advanceAsync(19);
    expect(onPush.mock.calls).toEqual([[], [{ revision: 2 }]]);
    await clock.advanceAsync(1);
    expect(onPush).toHaveBeenLastCalledWith({ revision: 1 });
  });

  it('know nothing of faults of operations, nor operations of theirs', async () => {
    const { clock, storage } = setUp();
    const onPush = vi.fn();
    storage.subscribe('a', onPush);
    storage.fail();
    await storage.link().update('a', write(1));
    await clock.advanceAsync(0);
    expect(onPush).toHaveBeenCalledTimes(2);
    storage.heal();
    storage.dropPushes();
    expect(await storage.read('a')).toMatchObject({ record: { revision: 1 } });
  });
});

describe('fail', () => {
  it('rejects, and applies nothing', async () => {
    const { storage } = setUp();
    storage.fail();
    const change = vi.fn(write(1));
    for (const operation of [storage.read('a'), storage.update('a', change)]) {
      const error = await stateOf(operation);
      expect(error).toBeInstanceOf(Error);
      expect(error).toMatchObject({ reason: 'unavailable', mayHaveBeenApplied: false });
    }
    expect(change).not.toHaveBeenCalled();
    storage.heal();
    expect((await storage.update('a', change)).record).toEqual({ revision: 1 });
  });

  it('rejects with an error of the test', async () => {
    const { storage } = setUp();
    const error = new Error('gone');
    storage.fail(error);
    expect(await stateOf(storage.read('a'))).toBe(error);
  });

  it('harms one link only', async () => {
    const { storage } = setUp();
    const link = storage.link();
    link.fail();
    await storage.update('a', write(1));
    expect(await stateOf(link.read('a'))).toBeInstanceOf(Error);
    link.heal();
    expect((await link.read('a')).record).toEqual({ revision: 1 });
  });
});

describe('hang', () => {
  it('asks, and writes and answers nothing until it is over', async () => {
    const { clock, storage } = setUp();
    storage.hang();
    const change = vi.fn(write(1));
    const update = storage.update('a', change);
    const read = storage.read('a');
    expect(await stateOf(Promise.race([update, read]))).toBe('pending');
    expect([change.mock.calls, storage.record('a')]).toEqual([[[undefined, 1_000]], undefined]);
    clock.advance(500);
    storage.heal();
    expect(storage.record('a')).toEqual({ revision: 1 });
    expect(await update).toEqual({ record: { revision: 1 }, now: 1_500 });
    expect(await read).toEqual({ record: { revision: 1 }, now: 1_500 });
    expect(change).toHaveBeenCalledTimes(1);
  });

  it('writes nothing late where something else was written meanwhile', async () => {
    const { storage } = setUp();
    await storage.update('a', write(1));
    storage.hang();
    const update = storage.update('a', write(2));
    await storage.link().update('a', write(1));
    storage.heal();
    expect(await stateOf(update)).toMatchObject({ reason: 'conflict', mayHaveBeenApplied: false });
    expect(storage.record('a')).toEqual({ revision: 1 });
  });

  it('answers what declined with what is stored by then', async () => {
    const { storage } = setUp();
    storage.hang();
    const update = storage.update('a', () => undefined);
    await storage.link().update('a', write(2));
    storage.heal();
    expect((await update).record).toEqual({ revision: 2 });
  });

  it('holds back what change throws, too', async () => {
    const { storage } = setUp();
    storage.hang();
    const error = new Error('broken change');
    const update = storage.update('a', () => {
      throw error;
    });
    expect(await stateOf(update)).toBe('pending');
    storage.heal();
    expect(await stateOf(update)).toBe(error);
  });
});

describe('delay', () => {
  it('lets operations take place after half of the time, and answers after all of it', async () => {
    const { clock, storage } = setUp();
    storage.delay(20);
    const update = storage.update('a', write(1));
    await clock.advanceAsync(9);
    expect(storage.record('a')).toBeUndefined();
    await clock.advanceAsync(1);
    expect(storage.record('a')).toEqual({ revision: 1 });
    await clock.advanceAsync(9);
    expect(await stateOf(update)).toBe('pending');
    await clock.advanceAsync(1);
    expect(await stateOf(update)).toEqual({ record: { revision: 1 }, now: 1_010 });
  });

  it('delays rejections, too', async () => {
    const { clock, storage } = setUp();
    storage.delay(20);
    storage.fail('gone');
    const read = storage.read('a');
    read.catch(() => undefined);
    await clock.advanceAsync(19);
    expect(await stateOf(read)).toBe('pending');
    await clock.advanceAsync(1);
    expect(await stateOf(read)).toBe('gone');
  });

  it('meets the faults that hold when the operation takes place', async () => {
    const { clock, storage } = setUp();
    storage.delay(20);
    storage.hang();
    const update = storage.update('a', write(1));
    storage.heal();
    await clock.advanceAsync(20);
    expect(await stateOf(update)).toMatchObject({ record: { revision: 1 } });
  });
});

it('applies and then rejects where replies are lost', async () => {
  const { storage } = setUp();
  storage.loseReplies();
  const lost = { reason: 'timeout', mayHaveBeenApplied: true };
  expect(await stateOf(storage.update('a', write(1)))).toMatchObject(lost);
  expect(await stateOf(storage.read('a'))).toMatchObject(lost);
  expect(storage.record('a')).toEqual({ revision: 1 });
});

it('counts the last of fail, hang and loseReplies', async () => {
  const { storage } = setUp();
  storage.hang();
  storage.loseReplies();
  storage.fail('gone');
  expect(await stateOf(storage.update('a', write(1)))).toBe('gone');
  expect(storage.record('a')).toBeUndefined();
});

it('loses races, asking again after each, until it is healed', async () => {
  const { storage } = setUp();
  storage.conflict(2);
  const change = vi.fn(write(1));
  await storage.update('a', change);
  expect(change).toHaveBeenCalledTimes(3);
  const decline = vi.fn(() => undefined);
  await storage.update('a', decline);
  expect(decline).toHaveBeenCalledTimes(1);
  storage.heal();
  await storage.update('a', change);
  expect(change).toHaveBeenCalledTimes(4);
  expect(storage.counts.writes).toBe(2);
});

describe('what happens to the data, without a push', () => {
  it('one record is forgotten, or all are', async () => {
    const { clock, storage } = setUp();
    for (const name of ['a', 'b', 'c']) await storage.update(name, write(1));
    const onPush = vi.fn();
    storage.subscribe('a', onPush);
    storage.forget('a');
    expect([storage.record('a'), storage.record('b')]).toEqual([undefined, { revision: 1 }]);
    storage.link().forget();
    expect([storage.record('b'), storage.record('c')]).toEqual([undefined, undefined]);
    await clock.advanceAsync(0);
    expect(onPush.mock.calls).toEqual([[]]);
  });

  it('the clock steps, forward and back', async () => {
    const { storage } = setUp();
    storage.stepClock(-300);
    storage.stepClock(50);
    expect((await storage.link().read('a')).now).toBe(750);
  });

  it.each(['garbage', 42, null, [], { keepUntilAt: 'soon' }])('%j takes the place of a record', async (garbage) => {
    const { clock, storage } = setUp();
    const onPush = vi.fn();
    storage.subscribe('a', onPush);
    storage.corrupt('a', garbage);
    expect((await storage.read('a')).record).toEqual(garbage);
    await clock.advanceAsync(1e9);
    expect(storage.record('a')).toEqual(garbage);
    expect(onPush.mock.calls).toEqual([[]]);
  });

  it('nothing takes the place of a record', async () => {
    const { storage } = setUp();
    await storage.update('a', write(1));
    storage.corrupt('a', undefined);
    expect(storage.record('a')).toBeUndefined();
  });
});

it.each<[string, () => unknown, Error]>([
  [
    'no options',
    () => new FakeStorage(undefined as never),
    new TypeError('options must be an object with a clock, but is undefined'),
  ],
  [
    'no clock',
    () => new FakeStorage({} as never),
    new TypeError('clock must be a clock, such as new FakeClock(), but is undefined'),
  ],
  [
    'half a clock',
    () => new FakeStorage({ clock: { now: () => 0 } as never }),
    new TypeError('clock.setTimeout must be a function, but is undefined'),
  ],
  [
    'a delay below 0',
    () => setUp().storage.delay(-1),
    new RangeError('ms must be a finite number of milliseconds of at least 0, but is -1'),
  ],
  [
    'an endless delay of pushes',
    () => setUp().storage.delayPushes(Number.POSITIVE_INFINITY),
    new RangeError('ms must be a finite number of milliseconds of at least 0, but is Infinity'),
  ],
  [
    'half a race',
    () => setUp().storage.conflict(0.5),
    new RangeError('times must be an integer of at least 1, but is 0.5'),
  ],
  [
    'a step by no number',
    () => setUp().storage.stepClock('1' as never),
    new TypeError('ms must be a finite number, but is 1'),
  ],
])('refuses %s', (_, run, error) => {
  expect(run).toThrow(error);
});
