import { expect, it } from 'vitest';
import { Eras } from './eras.js';

it('tells why this process began an era, once', () => {
  const eras = new Eras(Math.random);
  const [tripped, manual] = [eras.draw('tripped'), eras.draw('manual')];
  expect(eras.takeReason(manual)).toBe('manual');
  expect(eras.takeReason(tripped)).toBe('tripped');
  expect(eras.takeReason(tripped)).toBeUndefined();
});

it('knows no reason for an era of another process, or for none', () => {
  const eras = new Eras(Math.random);
  eras.draw('tripped');
  expect(eras.takeReason('another')).toBeUndefined();
  expect(eras.takeReason(undefined)).toBeUndefined();
});

it('remembers the last sixteen', () => {
  const eras = new Eras(Math.random);
  const drawn = Array.from({ length: 17 }, () => eras.draw('tripped'));
  expect(drawn.map((era) => eras.takeReason(era) !== undefined)).toEqual([false, ...drawn.slice(1).map(() => true)]);
});
