import { expect, it } from 'vitest';
import { makeReport } from '../../test/report.js';
import { asMarkdown } from './as-markdown.js';

it('shows every comparison, with its spread', () => {
  const text = asMarkdown(makeReport(20));
  expect(text).toContain('## closed, success; failures in a row');
  expect(text).toMatch(/\| opossum +\| 2\.00 µs \| 20\.0 x +\| 20\.0 x to 20\.0 x \|/);
});

it('says of each budget whether it is met', () => {
  const text = asMarkdown(makeReport(20));
  expect(text).toMatch(/\| closed success +\| 2 x +\| 20 x +\| \*\*not met\*\* \|/);
  expect(text).toMatch(/\| import +\| 11 ms +\| 7 ms +\| met +\|/);
});
