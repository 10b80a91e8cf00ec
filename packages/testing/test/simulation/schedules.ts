import type { SimulationStep } from '../../src/index.js';

function calls(process: number, times = 1, lastsMs = 1): SimulationStep {
  return { action: 'calls', process, times, lastsMs, way: 'plain' };
}

function time(ms: number): SimulationStep {
  return { action: 'time', ms };
}

/** The network of one process breaks, while another one succeeds. */
export const ONE_BAD_PROCESS: readonly SimulationStep[] = [
  calls(1),
  { action: 'health', isUp: false, process: 0 },
  calls(0),
  time(200),
  calls(1),
  time(200),
  calls(0, 2),
  time(100),
  calls(0),
  time(600),
  time(1_000),
];

/** The dependency is down for all. */
export const OUTAGE: readonly SimulationStep[] = [
  calls(0),
  calls(1),
  time(200),
  { action: 'ruling', process: 0, ruling: 'close' },
  time(200),
  { action: 'health', isUp: false },
  calls(0, 3),
  calls(1, 3),
  time(400),
  time(400),
];

/** A process crashes that holds the only place of a round. */
export const CRASHED_HOLDER: readonly SimulationStep[] = [
  calls(0),
  time(50),
  { action: 'ruling', process: 0, ruling: 'halfOpen' },
  time(50),
  calls(0, 1, 1_000),
  time(50),
  { action: 'fault', fault: 'crash', process: 0 },
  time(100),
];

/** A process has not heard that the circuit is isolated now. */
export const ISOLATED_UNHEARD: readonly SimulationStep[] = [
  calls(0),
  calls(1),
  time(50),
  { action: 'ruling', process: 0, ruling: 'open' },
  time(890),
  { action: 'fault', fault: 'drop-pushes', process: 1 },
  { action: 'ruling', process: 0, ruling: 'isolate' },
  time(360),
  calls(1),
  time(100),
];

/** The storage's clock goes back by an hour while the circuit is open. */
export const CLOCK_GONE_BACK: readonly SimulationStep[] = [
  { action: 'ruling', process: 0, ruling: 'open' },
  time(100),
  { action: 'fault', fault: 'storage-clock', amount: -3_600_000 },
  time(100),
];
