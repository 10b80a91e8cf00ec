import { exponentialBackoff, failureRate, lastCalls, shareOutcomes, shareTrips } from '@breaker/core';
import type { SimulationOptions } from '../../src/index.js';

/** A kind of fleet, or of world around it. */
export interface KindOfFleet {
  readonly name: string;
  /** In how many schedules it is tried at every test run. */
  readonly seeds: number;
  readonly simulation: Pick<SimulationOptions, 'faults' | 'options'>;
}

export const KINDS_OF_FLEETS: readonly KindOfFleet[] = [
  { name: 'with every fault', seeds: 500, simulation: {} },
  { name: 'without faults', seeds: 250, simulation: { faults: false } },
  { name: 'whose processes crash and stand still', seeds: 200, simulation: { faults: ['crash', 'suspend'] } },
  { name: 'whose network is bad', seeds: 200, simulation: { faults: ['partition', 'latency', 'loss'] } },
  {
    name: 'whose pushes are lost, doubled and late',
    seeds: 150,
    simulation: { faults: ['drop-pushes', 'duplicate-pushes', 'reorder-pushes'] },
  },
  { name: 'whose storage is out of reach', seeds: 150, simulation: { faults: ['outage', 'hang', 'garbage'] } },
  { name: 'whose storage forgets', seeds: 150, simulation: { faults: ['forget', 'lose-writes'] } },
  { name: 'whose clocks are wrong', seeds: 150, simulation: { faults: ['storage-clock', 'process-clock', 'drift'] } },
  {
    name: 'of which one process may open the circuit for all',
    seeds: 150,
    simulation: { options: { sharing: shareTrips() } },
  },
  {
    name: 'of which two must agree',
    seeds: 150,
    simulation: { options: { sharing: shareTrips({ quorum: 2 }), trip: lastCalls({ size: 6, threshold: 0.5 }) } },
  },
  {
    name: 'with a window',
    seeds: 200,
    simulation: { options: { trip: failureRate({ threshold: 0.5, windowMs: 2_000, minimumCalls: 4 }) } },
  },
  {
    name: 'whose slow calls count',
    seeds: 100,
    simulation: {
      options: { trip: failureRate({ threshold: 0.5, windowMs: 10_000, minimumCalls: 4, slowCallMs: 100 }) },
    },
  },
  {
    name: 'without hearings',
    seeds: 100,
    simulation: { options: { sharing: shareOutcomes({ flushIntervalMs: 0, hearingMs: 0 }) } },
  },
  { name: 'in a hurry', seeds: 100, simulation: { options: { timeoutMs: 100, trialTimeoutMs: 300 } } },
  {
    name: 'that trip at the first failure',
    seeds: 100,
    simulation: { options: { failureThreshold: 1, maxTrials: 1, successThreshold: 1 } },
  },
  {
    name: 'with many trials at once',
    seeds: 100,
    simulation: {
      options: {
        maxTrials: 4,
        successThreshold: 5,
        resetTimeoutMs: exponentialBackoff({ initialMs: 100, maxMs: 3_000 }),
      },
    },
  },
];
