import { expect, it } from 'vitest';
import type { Goal } from './figure.js';
import { tableOf } from './table.js';

function verdictOf(value: number, goal: Goal): string | undefined {
  return tableOf([{ topic: 'Costs', what: 'it', value, unit: 'EXECs', goal }]).match(/(NOT MET|met)$/)?.[0];
}

it('says of each figure whether its goal is met', () => {
  expect([1.99, 2, 2.01].map((value) => verdictOf(value, { exactly: 2 }))).toEqual(['NOT MET', 'met', 'NOT MET']);
  expect([19, 20, 20.1].map((value) => verdictOf(value, { atMost: 20 }))).toEqual(['met', 'met', 'NOT MET']);
  expect([2.9, 3, 3.1].map((value) => verdictOf(value, { below: 3 }))).toEqual(['met', 'NOT MET', 'NOT MET']);
});

it('has a line for each figure, under its topic', () => {
  const figures = [
    { topic: 'Time', what: 'a change', value: 2.0456, unit: 'PINGs', goal: { below: 3 } },
    { topic: 'Memory', what: 'a record', value: 296, unit: 'bytes' },
    { topic: 'Time', what: 'many changes', value: 1_234.5, unit: 'PINGs' },
  ];
  const lines = tableOf(figures).split('\n');
  expect(lines.map((line) => line.split(/ {2,}/).filter(Boolean))).toEqual([
    ['Time'],
    ['a change', '2.05 PINGs', 'below 3', 'met'],
    ['many changes', '1235 PINGs'],
    [],
    ['Memory'],
    ['a record', '296 bytes'],
  ]);
});
