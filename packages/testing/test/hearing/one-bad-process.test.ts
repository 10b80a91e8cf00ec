import { failureRate } from '@breaker/core';
import { describe, expect, it } from 'vitest';
import { BusyFleet } from './busy-fleet.js';

const POLICIES = {
  'consecutive failures': {},
  'a window': { trip: failureRate({ threshold: 0.5, windowMs: 10_000, minimumCalls: 20 }) },
};

const FLEETS = [
  [4, 5],
  [4, 50],
  [20, 2],
  [20, 20],
  [200, 4],
  [200, 10],
] as const;

describe.each(Object.entries(POLICIES))('one process whose network is broken, judged by %s', (_, options) => {
  it.each(FLEETS)(
    'opens for itself and for no one else, among %i processes of %i calls a second',
    { timeout: 60_000 },
    async (processes, callsPerSecond) => {
      const fleet = new BusyFleet(processes + callsPerSecond, processes, options);
      await fleet.run(callsPerSecond, 3_000);
      fleet.world.setHealth(false, 0);
      await fleet.run(callsPerSecond, 30_000 / callsPerSecond + 5_000);
      expect(fleet.trips).toBe(0);
      expect(fleet.world.place(0).breaker.state).not.toBe('closed');
      expect(fleet.showing('closed')).toBe(processes - 1);
    },
  );
});
