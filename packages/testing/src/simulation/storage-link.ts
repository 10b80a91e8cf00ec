import type { CircuitStorage, RecordChange, StoredRecord } from '@breaker/core';
import type { FakeClock } from '../fake-clock.js';
import type { RecordServer } from '../storage/record-server.js';
import { storageFault } from '../storage/storage-fault.js';
import type { Gate } from './gate.js';
import { LinkFaults } from './link-faults.js';

const MOST_RACES = 8;
const USUAL_LATENCY_MS = 4;

/** What a link tells of its traffic. */
export interface LinkTraffic {
  asked(operation: 'read' | 'update'): void;
  /** Something was written; gives a function to call when the process hears of it. */
  committed(before: unknown, after: unknown, now: number): () => void;
}

/**
 * A process's way to the storage, as a network makes it: messages take time, may be lost, wait at a partition, or overtake each
 * other. An update is a transaction: it looks, asks the process, and writes only where nothing else was written meanwhile.
 */
export class StorageLink implements CircuitStorage {
  readonly faults = new LinkFaults();
  readonly #clock: FakeClock;
  readonly #server: RecordServer;
  readonly #gate: Gate;
  readonly #random: () => number;
  readonly #traffic: LinkTraffic;
  readonly #subscriptions = new Set<() => void>();

  constructor(clock: FakeClock, server: RecordServer, gate: Gate, random: () => number, traffic: LinkTraffic) {
    this.#clock = clock;
    this.#server = server;
    this.#gate = gate;
    this.#random = random;
    this.#traffic = traffic;
  }

  /** How many subscriptions there are. */
  get subscriptions(): number {
    return this.#subscriptions.size;
  }

  async read(name: string): Promise<StoredRecord> {
    this.#traffic.asked('read');
    await this.#pass(false);
    const stored = this.#server.look(name);
    await this.#pass(false);
    await this.#arrive();
    return stored;
  }

  async update(name: string, change: RecordChange): Promise<StoredRecord> {
    this.#traffic.asked('update');
    for (let race = 0; race < MOST_RACES; race++) {
      await this.#pass(false);
      await this.#arrive();
      const transaction = this.#ask(name, change);
      if (transaction.after === undefined) return transaction.write();
      await this.#pass(false);
      const stored = attempt(transaction.write);
      if (stored === undefined) continue;
      const confirm = this.#traffic.committed(transaction.before, transaction.after, transaction.now);
      await this.#pass(true);
      await this.#arrive();
      confirm();
      return stored;
    }
    throw storageFault('Others wrote again and again in between', { reason: 'conflict', mayHaveBeenApplied: false });
  }

  subscribe(name: string, onPush: (record?: unknown) => void): () => void {
    const missed = () => this.#push(() => this.#subscriptions.has(missed) && onPush());
    const unsubscribe = this.#server.subscribe(name, (json) =>
      this.#push(() => this.#subscriptions.has(missed) && onPush(JSON.parse(json))),
    );
    this.#subscriptions.add(missed);
    missed();
    return () => {
      this.#subscriptions.delete(missed);
      unsubscribe();
    };
  }

  /** The network is as it should be; subscribers hear that they may have missed something, where it knows. */
  heal(): void {
    const hasBeenCut = this.faults.trouble.isCut;
    this.faults.heal();
    if (hasBeenCut) for (const missed of this.#subscriptions) missed();
  }

  /** The process has ended: nobody listens at this end any more. */
  drop(): void {
    this.#subscriptions.clear();
  }

  #ask(name: string, change: RecordChange) {
    const seen: { before?: unknown; after?: unknown; now: number } = { now: 0 };
    const write = this.#server.prepare(
      name,
      (record, now) => {
        seen.before = structuredClone(record);
        seen.now = now;
        const after = change(record, now);
        seen.after = after;
        return after;
      },
      0,
    );
    return { ...seen, write };
  }

  /** One way through the network. */
  #pass(mayHaveBeenApplied: boolean): Promise<void> {
    const { faults } = this;
    return new Promise((resolve, reject) => {
      const lose = () => reject(storageFault('The connection was lost', { reason: 'unavailable', mayHaveBeenApplied }));
      const cross = () => {
        const { isRefusing, isCut, isHanging, lossShare } = faults.trouble;
        if (isRefusing) lose();
        else if (isCut || isHanging) faults.untilHealed(resolve);
        else if (this.#random() >= lossShare) resolve();
        else if (this.#random() < 0.7) lose();
        else faults.untilHealed(lose);
      };
      this.#clock.setTimeout(cross, this.#latency());
    });
  }

  #arrive(): Promise<void> {
    return new Promise((resolve) => this.#gate.news(resolve));
  }

  #push(deliver: () => void): void {
    const { isCut, isRefusing, isDroppingPushes, isDuplicatingPushes, lossShare, reorderMs } = this.faults.trouble;
    if (isCut || isRefusing || isDroppingPushes || this.#random() < lossShare) return;
    const times = isDuplicatingPushes ? 2 : 1;
    for (let time = 0; time < times; time++) {
      this.#clock.setTimeout(() => this.#gate.news(deliver), this.#latency() + this.#random() * reorderMs);
    }
  }

  #latency(): number {
    return 0.5 + Math.round(this.#random() * (USUAL_LATENCY_MS + this.faults.trouble.latencyMs));
  }
}

/** Nothing where somebody else wrote in between. */
function attempt(write: () => StoredRecord): StoredRecord | undefined {
  try {
    return write();
  } catch {
    return undefined;
  }
}
