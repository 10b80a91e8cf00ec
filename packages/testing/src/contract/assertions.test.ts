import { expect, it } from 'vitest';
import { assertEqual } from './assertions.js';

const SAMPLES = [
  undefined,
  null,
  true,
  0,
  1,
  Number.NaN,
  '',
  '1',
  [],
  [1],
  [1, 2],
  ['1'],
  [undefined],
  {},
  { a: 1 },
  { a: 2 },
  { b: 1 },
  { a: 1, b: 1 },
  { a: undefined },
  { 0: 1 },
  { a: { b: [] } },
  { a: { b: {} } },
];

it.each(SAMPLES.map((sample, index) => ({ sample, index })))('knows %o among all', ({ sample, index }) => {
  for (const [other, value] of SAMPLES.entries()) {
    const compare = () => assertEqual('the sample', structuredClone(value), sample);
    if (other === index) expect(compare).not.toThrow();
    else expect(compare).toThrow(/^the sample must be /);
  }
});

it('shows both', () => {
  expect(() => assertEqual('the record', [1, { a: null }], undefined)).toThrow(
    new Error('the record must be undefined, but is [1,{"a":null}]'),
  );
});
