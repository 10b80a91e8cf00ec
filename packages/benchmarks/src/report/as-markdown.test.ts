import { expect, it } from 'vitest';
import { makeReport } from '../../test/report.js';
import { asMarkdown } from './as-markdown.js';

it('shows every comparison, with its spread', () => {
  const text = asMarkdown(makeReport(20));
  expect(text).toContain('## closed, success; failures in a row');
  expect(text).toMatch(/\| opossum +\| 2\.00 µs \| 20\.0 x +\| 20\.0 x to 20\.0 x \|/);
});

it('holds a breaker against what is written by hand for the same', () => {
  const [, table = ''] = asMarkdown(makeReport(3)).split('## @breaker/core over the least that can be written by hand');
  expect(table.trim().split('\n').slice(2, 4)).toEqual(['| a permit | 3.00 x  | 3.00 x        | 1.00 x  |', '']);
});

it('says of each budget whether it is met', () => {
  const text = asMarkdown(makeReport(20));
  expect(text).toMatch(/\| closed success +\| 2 x +\| 20 x +\| \*\*not met\*\* \|/);
  expect(text).toMatch(/\| import +\| 11 ms +\| 7 ms +\| met +\|/);
});
