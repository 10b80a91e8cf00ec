import type { BreakerEvent, CircuitStorage } from '@breaker/core';
import { FakeClock } from '../fake-clock.js';
import { RecordServer } from '../storage/record-server.js';
import type { SimulatedCall } from './simulated-call.js';
import { CIRCUIT, SimulatedProcess } from './simulated-process.js';
import { deployed, type SimulatedBreakerOptions } from './simulation-options.js';
import type { DeployedOptions } from './simulation-step.js';
import type { LinkTraffic } from './storage-link.js';
import { asStoredCircuit, type StoredCircuit } from './stored-circuit.js';
import type { Commit, Surroundings, Watcher } from './watcher.js';

/** After something was out of order, it takes a process at most so long to find out that it is well again. */
const CALMING_DOWN_MS = 12_000;

/** What a world begins with. */
export interface WorldOptions {
  readonly seed: number;
  readonly processes: number;
  readonly options: SimulatedBreakerOptions;
  readonly wrap: (storage: CircuitStorage) => CircuitStorage;
}

/** A fleet, its storage, what both depend on, and those who look on. */
export class World implements Surroundings {
  readonly clock = new FakeClock();
  readonly server = new RecordServer(this.clock);
  /** Every process that ever ran. */
  readonly processes: SimulatedProcess[] = [];
  losses = 0;
  calmSince = 0;
  readonly #options: WorldOptions;
  readonly #places: SimulatedProcess[] = [];
  readonly #watchers: Watcher[] = [];
  readonly #downFor = new Set<number>();
  #isUp = true;
  /** What was stored at every commit, oldest first. */
  #written: unknown[] = [];

  constructor(options: WorldOptions) {
    this.#options = options;
    // No two clocks agree: the storage's has an origin of its own.
    this.server.stepClock(5e9 + (options.seed % 1_000));
  }

  /** Starts the processes; nothing before is seen by a watcher that comes later. */
  start(watchers: readonly Watcher[]): void {
    this.#watchers.push(...watchers);
    for (let index = 0; index < this.#options.processes; index++) this.remake(index, {});
  }

  get now(): number {
    return this.clock.now();
  }

  get storageTime(): number {
    return this.server.look('').now;
  }

  get stored(): StoredCircuit | undefined {
    return asStoredCircuit(this.server.look(CIRCUIT).record);
  }

  /** The processes of today, those that crashed included. */
  get places(): readonly SimulatedProcess[] {
    return this.#places;
  }

  place(index: number): SimulatedProcess {
    return this.#places[index] as SimulatedProcess;
  }

  isUpFor(index: number): boolean {
    return this.#isUp && !this.#downFor.has(index);
  }

  setHealth(isUp: boolean, index: number | undefined): void {
    if (index === undefined) {
      this.#isUp = isUp;
      if (isUp) this.#downFor.clear();
    } else if (isUp) this.#downFor.delete(index);
    else this.#downFor.add(index);
  }

  /** Starts another process in a place. */
  remake(index: number, changes: DeployedOptions): void {
    const { seed, options, wrap } = this.#options;
    const seedOfThis = seed * 1_000_003 + this.processes.length * 7_919;
    const process = new SimulatedProcess(this, index, seedOfThis, deployed(options, changes), wrap, (maker) =>
      this.#trafficOf(maker),
    );
    this.#places[index] = process;
    this.processes.push(process);
  }

  /** Something is out of order from now on. */
  upset(): void {
    this.calmSince = Number.POSITIVE_INFINITY;
  }

  /** What was out of order has come right. */
  calmDown(): void {
    this.calmSince = this.now + CALMING_DOWN_MS;
  }

  /** The storage loses its memory. */
  forget(): void {
    this.#written = [];
    this.server.forget(CIRCUIT);
    this.#lose();
  }

  /** The storage falls back to an older record. */
  loseWrites(count: number): void {
    this.#written.splice(-count, count);
    this.server.put(CIRCUIT, this.#written.at(-1));
    this.#lose();
  }

  /** A step back counts as a loss: leases that are still running are over. */
  stepStorageClock(ms: number): void {
    this.server.stepClock(ms);
    this.#lose();
  }

  /** The record becomes unreadable. */
  scribble(): void {
    this.server.put(CIRCUIT, { schema: 1_000, epoch: 1e6, revision: 1 });
  }

  /** It is readable again. */
  unscribble(): void {
    if (this.server.look(CIRCUIT).record !== undefined && this.stored === undefined) {
      this.server.put(CIRCUIT, this.#written.at(-1));
    }
  }

  told(process: SimulatedProcess, event: BreakerEvent): void {
    for (const watcher of this.#watchers) watcher.told?.(process, event);
  }

  started(call: SimulatedCall): void {
    for (const watcher of this.#watchers) watcher.started?.(call);
  }

  settled(call: SimulatedCall): void {
    for (const watcher of this.#watchers) watcher.settled?.(call);
  }

  stepped(): void {
    for (const watcher of this.#watchers) watcher.stepped?.();
  }

  #lose(): void {
    this.losses++;
    for (const watcher of this.#watchers) watcher.forgot?.();
  }

  #trafficOf(process: SimulatedProcess): LinkTraffic {
    return {
      asked: (operation) => {
        for (const watcher of this.#watchers) watcher.asked?.({ process, operation });
      },
      committed: (before, after, now) => this.#commit(process, before, after, now),
    };
  }

  #commit(writer: SimulatedProcess, before: unknown, after: unknown, now: number): () => void {
    this.#written.push(after);
    const commit: Commit = {
      writer,
      at: this.now,
      now,
      before: asStoredCircuit(before),
      after: after as StoredCircuit,
      mayBeByHand: writer.mayRule((after as StoredCircuit).state),
    };
    for (const watcher of this.#watchers) watcher.committed?.(commit);
    return () => {
      for (const watcher of this.#watchers) watcher.confirmed?.(commit);
    };
  }
}
