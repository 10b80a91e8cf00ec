import { expect, it } from 'vitest';
import { roundTripsOf } from './round-trips.js';

it('are the turns in which somebody spoke', () => {
  expect(roundTripsOf([])).toBe(0);
  expect(roundTripsOf(['request', 'reply', 'request', 'reply'])).toBe(2);
});

it('are not more where either came in pieces', () => {
  expect(roundTripsOf(['request', 'request', 'reply', 'reply', 'reply', 'request', 'request', 'reply'])).toBe(2);
});

it('begin with a request', () => {
  expect(roundTripsOf(['reply', 'request'])).toBe(1);
});
