import { expect, it } from 'vitest';
import { duration, ratio } from './units.js';

it.each([
  [29.4, '29 ns'],
  [1_340, '1.34 µs'],
  [25_000, '25.0 µs'],
  [195_300, '195 µs'],
  [12_600_000, '12.6 ms'],
])('shows %d ns as %s', (nanoseconds, text) => {
  expect(duration(nanoseconds)).toBe(text);
});

it.each([
  [1, '1.00 x'],
  [13.75, '13.8 x'],
  [2_408, '2,408 x'],
])('shows %d as %s', (value, text) => {
  expect(ratio(value)).toBe(text);
});
