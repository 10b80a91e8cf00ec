import { expect, it } from 'vitest';
import { readBaseline } from '../src/regression/baseline.js';
import { measureFootprint } from '../src/regression/measure.js';
import { regressions } from '../src/regression/regressions.js';

const baseline = readBaseline();

it.skipIf(baseline === undefined)('no hot path takes more than its baseline', { timeout: 120_000 }, async () => {
  if (baseline === undefined) return;
  expect(regressions(await measureFootprint(), baseline)).toEqual([]);
});
