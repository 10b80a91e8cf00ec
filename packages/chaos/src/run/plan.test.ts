import { expect, it } from 'vitest';
import { readPlan } from './plan.js';

it('takes what is given, and has defaults for the rest', () => {
  expect(readPlan(['--minutes', '0.5', '--seed', '7', '--processes', '6', '--servers', 'cluster'])).toEqual({
    minutes: 0.5,
    seed: 7,
    processes: 6,
    servers: 'cluster',
  });
  expect(readPlan([])).toMatchObject({ minutes: 1, seed: expect.any(Number), processes: 5, servers: 'single' });
});

it('shows help where that is asked for', () => {
  expect(readPlan(['--help'])).toBe('help');
});

it.each([
  [['--minutes', '0'], '--minutes must be a number above 0, but is 0'],
  [['--minutes', 'x'], '--minutes must be a number above 0, but is x'],
  [['--seed', '1.5'], '--seed must be an integer of at least 0, but is 1.5'],
  [['--seed', ''], '--seed must be an integer of at least 0, but is '],
  [['--processes', '2'], '--processes must be an integer of at least 3, but is 2'],
  [['--servers', 'two'], '--servers must be one of single, sentinel, cluster, but is two'],
  [['--unknown'], "Unknown option '--unknown'"],
  [['word'], "Unexpected argument 'word'"],
])('refuses %j', (args, message) => {
  expect(readPlan(args)).toMatchObject({ message: expect.stringContaining(message) });
});
