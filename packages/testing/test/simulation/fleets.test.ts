import { exponentialBackoff, failureRate, lastCalls, shareOutcomes, shareTrips } from '@breaker/core';
import { describe, expect, it } from 'vitest';
import { type SimulationOptions, simulateFleet } from '../../src/index.js';

type Group = readonly [name: string, seeds: number, simulation: Partial<SimulationOptions>];

const QUICK = { timeoutMs: 100, trialTimeoutMs: 300 };
const STRICT = { failureThreshold: 1, maxTrials: 1, successThreshold: 1 };
const WIDE = {
  maxTrials: 4,
  successThreshold: 5,
  resetTimeoutMs: exponentialBackoff({ initialMs: 100, maxMs: 3_000 }),
};

const GROUPS: readonly Group[] = [
  ['with every fault', 500, {}],
  ['without faults', 250, { faults: false, steps: 70 }],
  ['whose processes crash and stand still', 200, { faults: ['crash', 'suspend'] }],
  ['whose network is bad', 200, { faults: ['partition', 'latency', 'loss'] }],
  ['whose pushes are lost, doubled and late', 150, { faults: ['drop-pushes', 'duplicate-pushes', 'reorder-pushes'] }],
  ['whose storage is out of reach', 150, { faults: ['outage', 'hang', 'garbage'] }],
  ['whose storage forgets', 150, { faults: ['forget', 'lose-writes'] }],
  ['whose clocks are wrong', 150, { faults: ['storage-clock', 'process-clock', 'drift'] }],
  ['of which one process may open the circuit for all', 150, { options: { sharing: shareTrips() } }],
  [
    'of which two must agree',
    150,
    { options: { sharing: shareTrips({ quorum: 2 }), trip: lastCalls({ size: 6, threshold: 0.5 }) } },
  ],
  ['with a window', 200, { options: { trip: failureRate({ threshold: 0.5, windowMs: 2_000, minimumCalls: 4 }) } }],
  [
    'whose slow calls count',
    100,
    { options: { trip: failureRate({ threshold: 0.5, windowMs: 10_000, minimumCalls: 4, slowCallMs: 100 }) } },
  ],
  ['without hearings', 100, { options: { sharing: shareOutcomes({ flushIntervalMs: 0, hearingMs: 0 }) } }],
  ['in a hurry', 100, { options: QUICK }],
  ['that trip at the first failure', 100, { options: STRICT }],
  ['with many trials at once', 100, { options: WIDE }],
];

describe('fleets, whatever happens', { timeout: 120_000 }, () => {
  it.each(GROUPS)('%s keep every invariant, in %i schedules', async (_, seeds, simulation) => {
    for (let seed = 1; seed <= seeds; seed++) {
      const processes = 1 + (seed % 6);
      const { violations } = await simulateFleet({ seed, processes, steps: 45, ...simulation });
      expect({ seed, processes, violations }).toEqual({ seed, processes, violations: [] });
    }
  });

  it('were run in more than 2 000 schedules', () => {
    expect(GROUPS.reduce((sum, [, seeds]) => sum + seeds, 0)).toBeGreaterThan(2_000);
  });
});
