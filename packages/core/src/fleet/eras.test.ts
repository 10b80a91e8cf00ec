import { expect, it } from 'vitest';
import { Eras } from './eras.js';

it('tells why this process began an era, once', () => {
  const eras = new Eras(Math.random);
  const [tripped, manual] = [eras.forCommit()('tripped'), eras.forCommit()('manual')];
  expect(eras.takeReason(manual)).toBe('manual');
  expect(eras.takeReason(tripped)).toBe('tripped');
  expect(eras.takeReason(tripped)).toBeUndefined();
});

it('knows no reason for an era of another process, or for none', () => {
  const eras = new Eras(Math.random);
  eras.forCommit()('tripped');
  expect(eras.takeReason(new Eras(Math.random).forCommit()('manual'))).toBeUndefined();
  expect(eras.takeReason('another')).toBeUndefined();
  expect(eras.takeReason(undefined)).toBeUndefined();
});

it('draws once for a commit, however many eras it may begin, and not at all where it begins none', () => {
  let draws = 0;
  const eras = new Eras(() => ++draws / 10);
  const era = eras.forCommit();
  expect(draws).toBe(0);
  expect(era('tripped')).not.toBe(era('manual'));
  expect(draws).toBe(1);
});

it('remembers the last sixteen commits', () => {
  const eras = new Eras(Math.random);
  const drawn = Array.from({ length: 17 }, () => eras.forCommit()('tripped'));
  expect(drawn.map((era) => eras.takeReason(era) !== undefined)).toEqual([false, ...drawn.slice(1).map(() => true)]);
});
