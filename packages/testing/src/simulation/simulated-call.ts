import { CircuitOpenError, CircuitTimeoutError, CircuitTrippedError } from '@breaker/core';
import type { SimulatedProcess } from './simulated-process.js';

/** How a call ended for its caller; `strange`: with something that is neither its own outcome nor a breaker's rejection. */
export type CallResult = 'success' | 'failure' | 'ignored' | 'rejected' | 'strange';

/** One call of a process, seen from the caller's side. */
export class SimulatedCall {
  /** When the guarded function began to run, by the clock of the simulation. */
  startedAt: number | undefined = undefined;
  settledAt: number | undefined = undefined;
  result: CallResult | undefined = undefined;
  /** What it was settled with, where that is strange. */
  strange: unknown = undefined;
  /** Whose circuit let it pass, when it began to run. */
  scope: 'process' | 'fleet' | undefined = undefined;
  /** Whether it runs as a trial of the fleet's circuit, with a lease that the storage granted. */
  isTrialOfFleet = false;
  /** How often the process had stood still when it was asked for. */
  readonly pauses: number;
  /** What the dependency throws. */
  readonly error = new Error('The dependency is down');
  /** What its caller aborts it with. */
  readonly abortion = new Error('The caller has no time');

  constructor(
    readonly process: SimulatedProcess,
    readonly askedAt: number,
    /** Whether it must be decided at once: the circuit is closed, or open and not due. */
    readonly isUrgent: boolean,
  ) {
    this.pauses = process.pauses;
  }

  get isRunning(): boolean {
    return this.startedAt !== undefined && this.settledAt === undefined;
  }

  resolve(at: number, value: unknown): void {
    this.#settle(at, value === this ? 'success' : 'strange', value);
  }

  reject(at: number, error: unknown): void {
    this.#settle(at, this.#resultOf(error), error);
  }

  #settle(at: number, result: CallResult, value: unknown): void {
    this.settledAt = at;
    this.result = result;
    if (result === 'strange') this.strange = value;
  }

  #resultOf(error: unknown): CallResult {
    if (error === this.error || error instanceof CircuitTimeoutError) return 'failure';
    if (error === this.abortion) return 'ignored';
    if (error instanceof CircuitOpenError) return 'rejected';
    if (error instanceof CircuitTrippedError && error.cause !== error) return this.#resultOf(error.cause);
    return 'strange';
  }
}
