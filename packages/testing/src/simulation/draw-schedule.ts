import { drawFault } from './draw-fault.js';
import type { FaultKind } from './fault-kind.js';
import { Lots } from './lots.js';
import type { CallsStep, DeployedOptions, SimulationStep } from './simulation-step.js';

/** What a schedule may be made of. */
export interface Ingredients {
  readonly processes: number;
  readonly steps: number;
  readonly faults: readonly FaultKind[];
}

/** Draws a schedule. Each one has its own few kinds of faults and troubles, so that many schedules are calm in most respects. */
export function drawSchedule(seed: number, { processes, steps, faults }: Ingredients): SimulationStep[] {
  const lots = new Lots(seed);
  const faultsOfThis = lots.happens(0.25) ? [] : faults.filter(() => lots.happens(0.3));
  const isRuled = lots.happens(0.3);
  const isDeployed = lots.happens(0.25);
  const draw = lots.weighted<() => SimulationStep>([
    [10, () => drawCalls(lots, processes)],
    [8, () => ({ action: 'time', ms: drawTime(lots) })],
    [2.5, () => drawHealth(lots, processes)],
    [isRuled ? 1 : 0, () => drawRuling(lots, processes)],
    [0.3, () => ({ action: 'flush', process: lots.below(processes) })],
    [isDeployed ? 0.8 : 0, () => drawDeploy(lots, processes)],
    [faultsOfThis.length > 0 ? 2.5 : 0, () => drawFault(lots, lots.oneOf(faultsOfThis), processes)],
    [faultsOfThis.length > 0 ? 1.2 : 0, () => drawHeal(lots, processes)],
  ]);
  return Array.from({ length: steps }, () => draw()());
}

function drawCalls(lots: Lots, processes: number): CallsStep {
  const way = lots.weighted<CallsStep['way']>([
    [12, 'plain'],
    [3, 'abortable'],
    [1, 'aborted'],
    [3, 'sync'],
  ])();
  const lastsMs = lots.weighted([
    [3, () => 0],
    [8, () => lots.between(1, 20)],
    [3, () => lots.between(20, 300)],
    [1, () => lots.between(1_000, 4_000)],
  ])()();
  return { action: 'calls', process: lots.below(processes), times: lots.between(1, 4), lastsMs, way };
}

function drawTime(lots: Lots): number {
  return lots.weighted([
    [4, () => lots.between(1, 15)],
    [5, () => lots.between(15, 150)],
    [5, () => lots.between(150, 700)],
    [4, () => lots.between(700, 2_500)],
    [1, () => lots.between(2_500, 12_000)],
    [0.2, () => lots.between(60_000, 120_000)],
  ])()();
}

function drawHealth(lots: Lots, processes: number): SimulationStep {
  const isUp = lots.happens(0.45);
  return lots.happens(0.6) ? { action: 'health', isUp } : { action: 'health', isUp, process: lots.below(processes) };
}

function drawRuling(lots: Lots, processes: number): SimulationStep {
  const ruling = lots.oneOf(['open', 'halfOpen', 'close', 'close', 'isolate', 'disable'] as const);
  return { action: 'ruling', process: lots.below(processes), ruling };
}

function drawDeploy(lots: Lots, processes: number): SimulationStep {
  const process = lots.below(processes);
  const options = drawOptions(lots);
  return lots.happens(0.5) ? { action: 'remake', process, options } : { action: 'configure', process, options };
}

function drawOptions(lots: Lots): DeployedOptions {
  const all: DeployedOptions = {
    failureThreshold: lots.between(1, 6),
    successThreshold: lots.between(1, 3),
    maxTrials: lots.between(1, 4),
    trialTimeoutMs: lots.between(200, 4_000),
    resetTimeoutMs: lots.between(0, 3_000),
    flushIntervalMs: lots.between(0, 120),
    hearingMs: lots.between(0, 300),
    quorum: lots.between(1, 3),
  };
  return Object.fromEntries(Object.entries(all).filter(() => lots.happens(0.4)));
}

function drawHeal(lots: Lots, processes: number): SimulationStep {
  return lots.happens(0.4) ? { action: 'heal' } : { action: 'heal', process: lots.below(processes) };
}
