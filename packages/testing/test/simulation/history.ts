import type { BreakerEvent, StateChangeEvent } from '@breaker/core';
import { SimulatedCall } from '../../src/simulation/simulated-call.js';
import type { SimulatedProcess } from '../../src/simulation/simulated-process.js';
import type { StoredClosed, StoredHalfOpen } from '../../src/simulation/stored-circuit.js';
import type { Commit, Surroundings, Watch } from '../../src/simulation/watcher.js';

type Facts<T> = { -readonly [Name in keyof T]?: T[Name] };

const OPTIONS = {
  failureThreshold: 3,
  maxTrials: 2,
  successThreshold: 2,
  sharing: { kind: 'outcomes', hearingMs: 150, flushIntervalMs: 50 },
};

/** A history made by hand, and what a watcher finds broken in it. */
export class History {
  readonly broken: string[] = [];
  readonly world: Facts<Surroundings> & { processes: SimulatedProcess[] } = {
    now: 0,
    storageTime: 0,
    losses: 0,
    calmSince: 0,
    processes: [],
  };
  readonly watcher;

  constructor(watch: Watch) {
    this.watcher = watch(this.world as Surroundings, (invariant, message) =>
      this.broken.push(`${invariant}: ${message}`),
    );
  }

  /** A process, as far as a watcher looks at it. */
  process(facts: object = {}): SimulatedProcess {
    const breaker = {
      options: OPTIONS,
      counts: { calls: 0, successes: 0, failures: 0, ignored: 0, rejected: 0 },
      state: 'closed',
    };
    const process = {
      name: `process ${this.world.processes.length}`,
      state: 'closed',
      isRunning: true,
      pauses: 0,
      calls: [],
      settings: [OPTIONS],
      breaker,
      clock: { referenced: 0, hasGoneBack: false },
      gate: { isDead: false },
      endedAt: Number.POSITIVE_INFINITY,
      ...facts,
    } as unknown as SimulatedProcess;
    this.world.processes.push(process);
    return process;
  }

  commit(
    writer: SimulatedProcess,
    before: Commit['before'],
    after: Commit['after'],
    facts: Partial<Commit> = {},
  ): Commit {
    const commit = { writer, before, after, at: this.world.now ?? 0, now: 0, mayBeByHand: false, ...facts };
    this.watcher.committed?.(commit);
    return commit;
  }

  /** A call that the process makes. */
  call(process: SimulatedProcess, facts: Facts<SimulatedCall> = {}): SimulatedCall {
    const call = Object.assign(new SimulatedCall(process, this.world.now ?? 0, facts.isUrgent ?? false), facts);
    process.calls.push(call);
    return call;
  }

  stateChange(process: SimulatedProcess, facts: Partial<StateChangeEvent>): void {
    const event = { type: 'state-change', scope: 'fleet', origin: 'local', reason: 'tripped', epoch: 1, ...facts };
    this.watcher.told?.(process, event as BreakerEvent);
  }
}

const BOOKKEEPING = { schema: 1, epoch: 1, era: 'one', revision: 1, trips: 1, changedAt: 0 };

export function closed(facts: object = {}): StoredClosed {
  return { ...BOOKKEEPING, state: 'closed', policyKey: 'consecutive-failures', memory: 0, ...facts } as StoredClosed;
}

export function halfOpen(facts: object = {}): StoredHalfOpen {
  return {
    ...BOOKKEEPING,
    state: 'half-open',
    limit: 2,
    need: 2,
    successes: 0,
    leases: [],
    ...facts,
  } as StoredHalfOpen;
}

export function open(facts: object = {}): Commit['after'] {
  return { ...BOOKKEEPING, state: 'open', openUntilAt: 1_000, ...facts } as Commit['after'];
}
