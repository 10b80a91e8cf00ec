import { expect, it } from 'vitest';
import { closed, open, type RecordOfStory, Story } from '../../../test/story.js';
import type { Shown } from '../history-event.js';

const SHOWN: Shown = { member: 'p1', state: 'closed', scope: 'process', epoch: 0, degraded: false };

function gathered(stored: RecordOfStory, shown: Partial<Shown>, known = stored): readonly number[] {
  const story = new Story().tell('p1', { type: 'read', record: known, now: 0 });
  return story.tell('harness', { type: 'gathered', since: 0, stored, shown: [{ ...SHOWN, ...shown }] }).broken;
}

it('finds nothing where all are closed and know what is stored', () => {
  expect(gathered(closed(3, 5), {})).toEqual([]);
});

it('finds a circuit that does not close', () => {
  expect(gathered(open(1, 4), { state: 'open', scope: 'fleet' })).toEqual([6]);
  expect(gathered(closed(3, 5), { state: 'open' })).toEqual([6]);
  const nobody = new Story().tell('harness', { type: 'gathered', since: 0, stored: open(1, 4), shown: [] });
  expect(nobody.broken).toEqual([6]);
});

it('finds a process that does not come back', () => {
  expect(gathered(closed(3, 5), { degraded: true })).toEqual([8]);
});

it('finds a process that shows something else', () => {
  expect(gathered(closed(3, 5), { state: 'open', scope: 'fleet' })).toEqual([8]);
});

it('finds a process that knows something else', () => {
  expect(gathered(closed(3, 5), {}, closed(1, 9))).toEqual([8]);
  expect(gathered(closed(3, 5), {}, closed(3, 5, { era: 'another' }))).toEqual([8]);
});
