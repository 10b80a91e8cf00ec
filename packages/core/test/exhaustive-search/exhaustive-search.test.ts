import { describe, expect, it } from 'vitest';
import { hasPlace } from '../../src/circuit/has-place.js';
import type { Rules } from '../../src/circuit/rules.js';
import { transition } from '../../src/circuit/transition.js';
import { ALL_BOUNDS, type Bounds } from './bounds.js';
import { type SearchResult, search } from './search.js';
import { holds } from './step.js';
import { NOW } from './world.js';

const results = new Map<Bounds, SearchResult>();

function resultOf(bounds: Bounds): SearchResult {
  const result = results.get(bounds) ?? search(bounds);
  results.set(bounds, result);
  return result;
}

describe('the rules, in every state that can be reached', { timeout: 60_000 }, () => {
  it.each(ALL_BOUNDS.map((bounds) => [bounds.name, bounds] as const))('keep every invariant within %s', (_, bounds) => {
    expect(resultOf(bounds).violation).toBeUndefined();
  });

  it('let a call become a trial just where hasPlace says so', () => {
    for (const bounds of ALL_BOUNDS) {
      const wrong = resultOf(bounds).worlds.filter(({ circuit, setting }) => {
        const lease = { id: 'asked', expiresAt: NOW + 1 };
        const after = transition(circuit, { type: 'call', lease }, NOW, bounds.rules[setting] as Rules);
        return hasPlace(circuit, NOW) !== holds(after, lease.id);
      });
      expect(wrong, bounds.name).toEqual([]);
    }
  });

  it('were searched in more than 50 000 states', () => {
    const worlds = ALL_BOUNDS.map((bounds) => resultOf(bounds).worlds.length);
    expect(worlds.reduce((sum, each) => sum + each)).toBeGreaterThan(50_000);
  });

  it('were searched in every kind of state, within any bounds', () => {
    for (const bounds of ALL_BOUNDS) {
      const kinds = new Set(resultOf(bounds).worlds.map(({ circuit }) => circuit.state));
      expect([...kinds].sort(), bounds.name).toEqual(['closed', 'disabled', 'half-open', 'isolated', 'open']);
    }
  });

  it('were searched with as many trials and calls in flight as the bounds allow', () => {
    for (const bounds of ALL_BOUNDS) {
      const { worlds } = resultOf(bounds);
      const leases = worlds.map(({ circuit }) => (circuit.state === 'half-open' ? circuit.leases.length : 0));
      expect(Math.max(...leases), bounds.name).toBe(Math.max(...bounds.rules.map(({ maxTrials }) => maxTrials)));
      expect(Math.max(...worlds.map(({ calls }) => calls.length)), bounds.name).toBe(bounds.maxCalls);
    }
  });
});
