import type { FaultStep } from './fault-kind.js';

/** One action of a simulation: plain data, so that a schedule can be kept and replayed. Processes are numbered from 0. */
export type SimulationStep = ProcessStep | TimeStep | HealthStep | FaultStep | HealStep;

/** What somebody does in one process. */
export type ProcessStep = CallsStep | RulingStep | FlushStep | ConfigureStep | RemakeStep;

/** A process makes calls at once. They end `lastsMs` later, well or badly as the dependency is then. */
export interface CallsStep {
  readonly action: 'calls';
  readonly process: number;
  readonly times: number;
  readonly lastsMs: number;
  /** `abortable` calls heed their signal; `aborted` ones are aborted by their caller half-way; `sync` ones take no time. */
  readonly way: 'plain' | 'abortable' | 'aborted' | 'sync';
}

/** Time passes, for all. */
export interface TimeStep {
  readonly action: 'time';
  readonly ms: number;
}

/** The dependency goes up or down: for one process, or for all. */
export interface HealthStep {
  readonly action: 'health';
  readonly isUp: boolean;
  readonly process?: number;
}

/** Somebody rules by hand, in one of the processes. */
export interface RulingStep {
  readonly action: 'ruling';
  readonly process: number;
  readonly ruling: Ruling;
}

/** A ruling by hand: a method of the breaker. */
export type Ruling = 'open' | 'halfOpen' | 'close' | 'isolate' | 'disable';

/** A process waits until every outcome so far is committed, or the storage is out of reach. */
export interface FlushStep {
  readonly action: 'flush';
  readonly process: number;
}

/** A running breaker gets other options. */
export interface ConfigureStep {
  readonly action: 'configure';
  readonly process: number;
  readonly options: DeployedOptions;
}

/** A breaker is disposed of, and another one takes its place, with other options where they are given: a rolling deploy. */
export interface RemakeStep {
  readonly action: 'remake';
  readonly process: number;
  readonly options?: DeployedOptions;
}

/** What is out of order comes right: for one process, or for all and the storage. Who has crashed is started anew. */
export interface HealStep {
  readonly action: 'heal';
  readonly process?: number;
}

/** The options in which a process may differ from the others. */
export interface DeployedOptions {
  readonly failureThreshold?: number;
  readonly successThreshold?: number;
  readonly maxTrials?: number;
  readonly trialTimeoutMs?: number;
  readonly resetTimeoutMs?: number;
  readonly flushIntervalMs?: number;
  readonly hearingMs?: number;
  readonly quorum?: number;
}
