import { expect, it } from 'vitest';
import { drawId } from './draw-id.js';

it('no two ids are the same, even where chance is poor', () => {
  expect(drawId(() => 0)).not.toBe(drawId(() => 0));
});

it('two processes draw other ids by chance', () => {
  const chanceOf = (id: string) => id.split('-')[0];
  expect(chanceOf(drawId(() => 0.25))).not.toBe(chanceOf(drawId(() => 0.250001)));
});
