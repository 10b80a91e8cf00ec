import { describe, expect, it } from 'vitest';
import { deferred } from '../../test/deferred.js';
import { letPromisesRun } from '../../test/let-promises-run.js';
import { SerialWork } from './serial-work.js';

/** Work that is done when it is told so; each piece leaves its number. */
function setUp() {
  const begun: number[] = [];
  const faults: unknown[] = [];
  const waiting: (() => Promise<void>)[] = [];
  const work = new SerialWork(
    () => waiting.shift()?.(),
    (error) => faults.push(error),
  );
  const add = () => {
    const piece = deferred<void>();
    waiting.push(() => {
      begun.push(begun.length + 1);
      return piece.promise;
    });
    return piece;
  };
  return { work, begun, faults, waiting, add };
}

describe('things to do', () => {
  it('are done one after the other, what comes meanwhile too', async () => {
    const { work, begun, add } = setUp();
    const first = add();
    work.begin();
    const second = add();
    work.begin();
    await letPromisesRun();
    expect(begun).toEqual([1]);
    first.resolve();
    await letPromisesRun();
    expect(begun).toEqual([1, 2]);
    second.resolve();
    await work.whenIdle();
  });

  it('begin at once where nothing is under way', () => {
    const { work, begun, add } = setUp();
    add();
    work.begin();
    expect(begun).toEqual([1]);
  });

  it('are waited for until none is left, by everybody who waits', async () => {
    const { work, begun, add } = setUp();
    const pieces = [add(), add()];
    work.begin();
    const idle: number[] = [];
    const waits = [1, 2].map((waiter) => work.whenIdle().then(() => idle.push(waiter)));
    pieces[0]?.resolve();
    await letPromisesRun();
    expect([begun, idle]).toEqual([[1, 2], []]);
    pieces[1]?.resolve();
    await Promise.all(waits);
    expect(idle).toEqual([1, 2]);
  });

  it('are not waited for where there are none', async () => {
    const { work } = setUp();
    work.begin();
    await expect(work.whenIdle()).resolves.toBeUndefined();
  });
});

describe('what goes wrong', () => {
  it('is told of, and the others go on', async () => {
    const { work, begun, faults, add } = setUp();
    const [failing, last] = [add(), add()];
    work.begin();
    failing.reject(new Error('later'));
    last.resolve();
    await work.whenIdle();
    expect(faults).toEqual([new Error('later')]);
    expect(begun).toEqual([1, 2]);
  });

  it('at once is told of, and the others go on when they are asked to', async () => {
    const { work, begun, faults, waiting, add } = setUp();
    waiting.push(() => {
      throw new Error('at once');
    });
    add().resolve();
    work.begin();
    expect([begun, faults]).toEqual([[], [new Error('at once')]]);
    await work.whenIdle();
    expect(begun).toEqual([1]);
  });
});
