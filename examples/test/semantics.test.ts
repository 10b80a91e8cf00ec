import { describe, expect, it } from 'vitest';
import type { Row } from '../../packages/core/test/transition-table/case.js';
import { whileClosed } from '../../packages/core/test/transition-table/while-closed.js';
import { whileHalfOpen } from '../../packages/core/test/transition-table/while-half-open.js';
import { whileOpen } from '../../packages/core/test/transition-table/while-open.js';
import { whileDisabled, whileIsolated } from '../../packages/core/test/transition-table/while-ruled.js';
import { tableRows } from './markdown-table.js';
import { repository } from './repository.js';

// The cases that the rules themselves are tested with, of every state and every event.
const STATES = [whileClosed, whileOpen, whileHalfOpen, whileIsolated, whileDisabled];

const EVENTS: Record<string, readonly (keyof Row)[]> = {
  'a call comes': ['call'],
  'a call ends': ['outcome', 'trip'],
  'a trial succeeds': ['trial-succeeded'],
  'a trial fails': ['trial-failed'],
  'a trial says nothing': ['trial-ignored', 'trial-renewed'],
  'open()': ['open'],
  'halfOpen()': ['half-open'],
  'isolate()': ['isolate'],
  'disable()': ['disable'],
  'close()': ['close'],
};

/** The states, other than its own, that a circuit may have afterwards. */
function statesAfter(row: Row, events: readonly (keyof Row)[]): string[] {
  const cases = events.flatMap((event) => row[event]);
  const others = cases.flatMap(({ circuit, becomes = circuit }) =>
    becomes.state === circuit.state ? [] : [becomes.state],
  );
  return [...new Set(others)];
}

describe('the table of changes of state', () => {
  const rows = tableRows(repository.read('docs/semantics.md'), 'what happens');

  it('knows everything that can happen', () => {
    expect(rows.map(([what]) => what)).toEqual(Object.keys(EVENTS));
    expect(Object.values(EVENTS).flat().sort()).toEqual(Object.keys(whileClosed).sort());
  });

  it.each(rows)('says what the rules do when %s', (what, ...cells) => {
    const said = cells.map((cell) => (cell === '-' ? [] : [cell.split(',')[0]]));
    expect(said).toEqual(STATES.map((row) => statesAfter(row, EVENTS[what as string] ?? [])));
  });
});
