import { afterEach, expect, it } from 'vitest';
import { Update } from './update.js';
import { UpdateQueue } from './update-queue.js';

const made: Update[] = [];

function update({ isAlone = false } = {}): Update {
  const one = new Update(() => undefined, 10_000);
  one.isAlone = isAlone;
  made.push(one);
  return one;
}

/** The names of all groups that are left, in order. */
function groupsOf(queue: UpdateQueue): string[][] {
  const groups: string[][] = [];
  while (!queue.isEmpty) groups.push([...queue.take().keys()]);
  return groups;
}

afterEach(() => {
  for (const one of made.splice(0)) one.resolve({ record: undefined, now: 0 });
});

it('takes updates in order, those of one record together', () => {
  const queue = new UpdateQueue();
  const [first, second, third] = [update(), update(), update()];
  queue.push('a', first);
  queue.push('b', second);
  queue.push('a', third);
  expect(queue.take()).toEqual(
    new Map([
      ['a', [first, third]],
      ['b', [second]],
    ]),
  );
  expect(queue.isEmpty).toBe(true);
});

it('takes 256 records at a time', () => {
  const queue = new UpdateQueue();
  for (let index = 0; index < 600; index++) queue.push(`${index}`, update());
  expect(groupsOf(queue).map(({ length }) => length)).toEqual([256, 256, 88]);
});

it('takes what goes alone alone, and lets it overtake nothing', () => {
  const queue = new UpdateQueue();
  queue.push('a', update());
  queue.push('b', update({ isAlone: true }));
  queue.push('c', update());
  queue.push('d', update({ isAlone: true }));
  expect(groupsOf(queue)).toEqual([['a'], ['b'], ['c'], ['d']]);
});

it('drops what is settled', () => {
  const queue = new UpdateQueue();
  const settled = update({ isAlone: true });
  settled.resolve({ record: undefined, now: 0 });
  queue.push('a', settled);
  queue.push('b', update());
  expect(groupsOf(queue)).toEqual([['b']]);
});

it('puts a group back before what came later', () => {
  const queue = new UpdateQueue();
  const [first, second] = [update(), update()];
  queue.push('a', first);
  const group = queue.take();
  queue.push('b', update());
  queue.push('a', second);
  queue.putBack(group);
  expect([...queue.take()].map(([name, updates]) => [name, updates.length])).toEqual([
    ['a', 2],
    ['b', 1],
  ]);
});
