import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { HistoryFile, readHistory } from './history-file.js';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'breaker-history-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

it('gives back what several processes wrote, in the order of time', () => {
  const one = new HistoryFile(join(folder, 'p1.ndjson'), 'p1');
  const other = new HistoryFile(join(folder, 'p2.ndjson'), 'p2');
  one.write({ type: 'recovered' });
  other.write({ type: 'asked', update: 7 });
  one.write({ type: 'disposed' });
  const history = readHistory(folder);
  expect(history).toMatchObject([
    { by: 'p1', type: 'recovered' },
    { by: 'p2', type: 'asked', update: 7 },
    { by: 'p1', type: 'disposed' },
  ]);
  const times = history.map(({ at }) => at);
  expect(times).toEqual([...times].sort((first, second) => first - second));
  one.close();
  other.close();
});

it('leaves out the torn last line of a process that was killed', () => {
  const file = new HistoryFile(join(folder, 'p1.ndjson'), 'p1');
  file.write({ type: 'recovered' });
  file.close();
  appendFileSync(join(folder, 'p1.ndjson'), '{"by":"p1","at":17');
  expect(readHistory(folder)).toMatchObject([{ type: 'recovered' }]);
});
