import { expect, it } from 'vitest';
import { closed, open, Story } from '../../test/story.js';
import { checkHistory } from '../history/check-history.js';
import { report } from './report.js';

function reportOn({ events: history }: Story): string {
  return report({ folder: '/histories/7', history, violations: checkHistory(history) });
}

it('says in numbers what happened where nothing was broken', () => {
  const story = new Story().trip().beginRound().call('p1', { isTrial: true }).commit('p1', closed(3, 5)).loss().loss();
  expect(reportOn(story)).toBe(
    '6 calls, 5 commits, 1 trips, 1 trials, 0 reunions, 2 faults, 0 violations\nfaults: flushall 2',
  );
});

it('shows what was broken, when, what happened around it, and where the rest is', () => {
  const lines = reportOn(new Story().trip().commit('p2', open(1, 4))).split('\n');
  expect(lines.filter((line) => line.startsWith('Invariant'))).toEqual([
    'Invariant 10, after 177 ms: p2 wrote what was there',
  ]);
  expect(lines.filter((line) => line.includes('p2 {"type":"asked","update":4}'))).toHaveLength(1);
  expect(lines.at(-1)).toBe('The history is in /histories/7');
});
