import { describe, expect, it } from 'vitest';
import type { Footprint } from './footprint.js';
import { regressions } from './regressions.js';

const path = { promises: 3, clockReads: 1, timers: 0, bytes: 500 };
const baseline: Footprint = { paths: { success: path }, kept: { breaker: 266 } };

describe('regressions', () => {
  it('are none where nothing has changed, or has become cheaper', () => {
    expect(regressions(baseline, baseline)).toEqual([]);
    const cheaper = {
      paths: { success: { promises: 2, clockReads: 0, timers: 0, bytes: 100 } },
      kept: { breaker: 10 },
    };
    expect(regressions(cheaper, baseline)).toEqual([]);
  });

  it.each(['promises', 'clockReads', 'timers'] as const)('are one more of %s', (count) => {
    const dearer = { ...baseline, paths: { success: { ...path, [count]: path[count] + 1 } } };
    expect(regressions(dearer, baseline)).toEqual([`success: ${count}: ${path[count] + 1}, and were ${path[count]}`]);
  });

  it('are a closure more, of 64 bytes', () => {
    const dearer = { ...baseline, paths: { success: { ...path, bytes: 564 } } };
    expect(regressions(dearer, baseline)).toEqual(['success: bytes: 564, and were 500']);
    expect(regressions({ ...baseline, kept: { breaker: 330 } }, baseline)).toHaveLength(1);
  });

  it('are no few bytes: the optimiser itself takes some', () => {
    expect(regressions({ paths: { success: { ...path, bytes: 520 } }, kept: { breaker: 272 } }, baseline)).toEqual([]);
  });

  it('are paths that nobody measures any more', () => {
    expect(regressions({ paths: {}, kept: {} }, baseline)).toHaveLength(2);
  });
});
