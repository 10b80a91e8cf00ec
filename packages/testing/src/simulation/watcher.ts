import type { BreakerEvent } from '@breaker/core';
import type { SimulatedCall } from './simulated-call.js';
import type { SimulatedProcess } from './simulated-process.js';
import type { StoredCircuit } from './stored-circuit.js';

/** Looks on from outside, and says where an invariant of the design is broken. */
export interface Watcher {
  /** The storage was asked something. */
  asked?(request: Request): void;
  /** The storage wrote. */
  committed?(commit: Commit): void;
  /** A process heard that its commit was made. */
  confirmed?(commit: Commit): void;
  /** The storage lost writes, or everything. */
  forgot?(): void;
  /** A breaker told its listener. */
  told?(process: SimulatedProcess, event: BreakerEvent): void;
  /** A guarded function begins to run. */
  started?(call: SimulatedCall): void;
  /** A call's caller has an answer. */
  settled?(call: SimulatedCall): void;
  /** A step was made, and everything that it caused at once has happened. */
  stepped?(): void;
}

interface Request {
  readonly process: SimulatedProcess;
  readonly operation: 'read' | 'update';
}

export interface Commit {
  readonly writer: SimulatedProcess;
  /** When it was written, by the clock of the simulation. */
  readonly at: number;
  /** What the storage's clock said in the transaction. */
  readonly now: number;
  /** What was stored before; `undefined` where nothing was, or nothing that can be read. */
  readonly before: StoredCircuit | undefined;
  readonly after: StoredCircuit;
  /** Whether somebody may have ruled so, in the process that wrote it. */
  readonly mayBeByHand: boolean;
}

/** What a watcher may know of the world around. */
export interface Surroundings {
  /** The time of the simulation, in milliseconds. */
  readonly now: number;
  /** What the storage's clock says. */
  readonly storageTime: number;
  /** What is stored. */
  readonly stored: StoredCircuit | undefined;
  /** How often the storage lost writes, or everything. */
  readonly losses: number;
  /** Since when nothing has been out of order, and all that was has been over long enough; infinity where something is. */
  readonly calmSince: number;
  /** Every process that ever ran, those that ended included. */
  readonly processes: readonly SimulatedProcess[];
}

/** Says that an invariant, by its number in the design, is broken. */
export type Report = (invariant: number, message: string) => void;

/** Makes a watcher for one run. */
export type Watch = (world: Surroundings, report: Report) => Watcher;
