import { expect, it } from 'vitest';
import { letPromisesRun } from './let-promises-run.js';

it.each([
  ['in a turn of its own', undefined],
  ['over a channel', { setTimeout, MessageChannel }],
  ['where there are no channels', { setTimeout }],
])('lets promises and what they cause run, %s', async (_, globals) => {
  const done: string[] = [];
  const work = async () => {
    for (let turn = 0; turn < 500; turn++) await undefined;
    done.push('promises');
    process.nextTick(() => void Promise.resolve().then(() => done.push('next tick')));
  };
  void work();
  await letPromisesRun(globals);
  expect(done).toEqual(['promises', 'next tick']);
});
