import type { RecordChange, StoredRecord } from '@breaker/core';
import type { Link } from './connection/link.js';
import { nextTurn } from './next-turn.js';
import type { Setback } from './setback.js';
import { transact, type Writer } from './transaction.js';
import { Update } from './update.js';
import { type Group, UpdateQueue } from './update-queue.js';
import { withConnection } from './with-connection.js';

/**
 * Gives the connection to one transaction at a time: WATCH belongs to a connection, and two flows on one would end each other's watch.
 * What is asked for meanwhile shares the next one.
 */
export class Transactions {
  readonly #queue = new UpdateQueue();
  #isRunning = false;

  constructor(
    readonly link: Link,
    readonly writer: Writer,
    readonly timeoutMs: number,
  ) {}

  update(name: string, change: RecordChange): Promise<StoredRecord> {
    const update = new Update(change, this.timeoutMs);
    this.#queue.push(name, update);
    if (!this.#isRunning) void this.#run();
    return update.result;
  }

  async #run(): Promise<void> {
    this.#isRunning = true;
    while (!this.#queue.isEmpty) {
      await nextTurn();
      const group = this.#queue.take();
      if (group.size > 0) await this.#attempt(group);
    }
    this.#isRunning = false;
  }

  async #attempt(group: Group): Promise<void> {
    const [first] = [...group.values()].flat();
    const askAt = first?.askAt;
    const startedAt = performance.now();
    try {
      const losers = await withConnection(this.link, askAt, (connection) => transact(connection, group, this.writer));
      this.#queue.moveOn();
      if (losers.size === 0) return;
      this.#queue.putBack(losers);
      await pause(Math.random() * ((performance.now() - startedAt) / ROUND_TRIPS));
    } catch (error) {
      this.#queue.putBack(this.#survivors(group, error as Setback));
    }
  }

  #survivors(group: Group, setback: Setback): Group {
    const survivors: Group = new Map();
    for (const [name, all] of group) {
      const updates = all.filter((update) => update.survives(setback, group.size === 1));
      if (updates.length > 0) survivors.set(name, updates);
    }
    return survivors;
  }
}

const ROUND_TRIPS = 2;

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => void setTimeout(resolve, ms));
}
