import { describe, expect, it } from 'vitest';
import { ALL_BOUNDS } from './all-bounds.js';
import { type Bounds, deeper } from './bounds.js';
import { type SearchResult, search } from './search.js';
import type { Deed } from './step.js';
import { NEVER } from './world.js';

/** With it set, everything may happen once more: that takes a long time, and memory. */
const SEARCHED = process.env.SEARCH_DEEPER === undefined ? ALL_BOUNDS : ALL_BOUNDS.map(deeper);

const results = new Map<Bounds, SearchResult>();

function resultOf(bounds: Bounds): SearchResult {
  const result = results.get(bounds) ?? search(bounds);
  results.set(bounds, result);
  return result;
}

const EVERY_DEED = {
  succeed: true,
  fail: true,
  'end a call': true,
  flush: true,
  speak: true,
  'end the hearing': true,
  vote: true,
  ask: true,
  'end the trial': true,
  poll: true,
  rule: true,
  'take place': true,
  answer: true,
  hear: true,
  land: true,
  'give up': true,
  'try again': true,
  recover: true,
  crash: true,
  forget: true,
  'fail over': true,
  step: true,
  tick: true,
  pause: true,
} satisfies Record<Exclude<Deed, 'look'>, true>;

describe('the protocol of a fleet, in every state that can be reached', { timeout: 3_600_000 }, () => {
  it.each(SEARCHED.map((bounds) => [bounds.name, bounds] as const))('keeps every invariant: %s', (_, bounds) => {
    expect(resultOf(bounds).violation).toBeUndefined();
  });

  it('was searched in more than 100 000 states', () => {
    const states = SEARCHED.map((bounds) => resultOf(bounds).states);
    expect(states.reduce((sum, each) => sum + each)).toBeGreaterThan(100_000);
  });

  it('was searched with everything that can happen', () => {
    const deeds = new Set(SEARCHED.flatMap((bounds) => [...resultOf(bounds).deeds.keys()]));
    expect([...deeds].sort()).toEqual(Object.keys(EVERY_DEED).sort());
  });

  it('was searched with everything that its bounds allow', () => {
    for (const bounds of SEARCHED) {
      expect(resultOf(bounds).rarities, bounds.name).toEqual({ ...NEVER, ...bounds.atMost });
    }
  });
});
