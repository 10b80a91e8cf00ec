import { expect, it } from 'vitest';
import { readArguments, USAGE } from './arguments.js';
import { USUAL } from './parts.js';

it('ask for the usual parts where they name none', () => {
  expect(readArguments([])).toEqual({ parts: USUAL, isQuick: false, file: undefined, help: false });
});

it('ask for some parts, in their usual order, quickly, and for a file', () => {
  expect(readArguments(['herd', '--quick', 'round-trips', '--json', 'costs.json'])).toEqual({
    parts: ['round-trips', 'herd'],
    isQuick: true,
    file: 'costs.json',
    help: false,
  });
});

it.each([['--fast'], ['--json'], ['everything'], ['toString']])('are refused, and named: %s', (argument) => {
  expect(readArguments([argument])).toContain(argument);
});

it('are told by the usage, with every part', () => {
  for (const word of [...USUAL, 'fleets', '--quick', '--json', '--help', 'REDIS_URL']) expect(USAGE).toContain(word);
});
