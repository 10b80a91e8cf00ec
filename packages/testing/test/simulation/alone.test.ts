import { CircuitBreaker, type CircuitState } from '@breaker/core';
import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../src/index.js';
import { Lots } from '../../src/simulation/lots.js';
import { withDefaults } from '../../src/simulation/simulation-options.js';
import { World } from '../../src/simulation/world.js';

/** Long enough for all that a storage delays, or far too short for the circuit to become due. */
const PAUSES_MS = [50, 50, 50, 15_000];

class States {
  readonly seen: CircuitState[] = ['closed'];

  note(state: CircuitState): void {
    if (this.seen.at(-1) !== state) this.seen.push(state);
  }
}

/** Invariant 13: plays the same to a process that shares a perfect storage with nobody, and to a breaker without one. */
async function playToBoth(seed: number) {
  const lots = new Lots(seed);
  const settings = withDefaults({ resetTimeoutMs: 10_000 });
  const clock = new FakeClock();
  const states = { alone: new States(), shared: new States() };
  const note = (of: States) => ({ onStateChange: ({ to }: { readonly to: CircuitState }) => of.note(to) });
  const alone = new CircuitBreaker('alone', { ...settings, clock, listeners: [note(states.alone)] });
  const world = new World({ seed, processes: 1, options: settings, wrap: (storage) => storage });
  world.start([]);
  const process = world.place(0);
  process.breaker.addListener(note(states.shared));

  for (let step = 0; step < 80; step++) {
    const isUp = lots.happens(0.5);
    world.setHealth(isUp, undefined);
    process.call('plain', 1);
    alone.execute(async () => (isUp ? undefined : Promise.reject(new Error('down')))).catch(() => undefined);
    const pauseMs = lots.oneOf(PAUSES_MS);
    await world.clock.advanceAsync(pauseMs);
    await clock.advanceAsync(pauseMs);
  }
  return { states, counts: { alone: alone.counts, shared: process.breaker.counts } };
}

describe('one process on a perfect storage', { timeout: 60_000 }, () => {
  it('behaves as a breaker without one, where failures in a row count', async () => {
    let changes = 0;
    for (let seed = 1; seed <= 60; seed++) {
      const { states, counts } = await playToBoth(seed);
      expect({ seed, states: states.shared.seen, counts: counts.shared }).toEqual({
        seed,
        states: states.alone.seen,
        counts: counts.alone,
      });
      changes += states.alone.seen.length;
    }
    expect(changes).toBeGreaterThan(200);
  });
});
