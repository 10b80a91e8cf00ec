import type { CircuitStorage, RecordChange, StoredRecord } from '@breaker/core';
import type { Cluster, RedisOptions } from 'ioredis';
import { ClusterRoute } from './connection/cluster-route.js';
import { Link } from './connection/link.js';
import type { Route } from './connection/route.js';
import { SingleRoute } from './connection/single-route.js';
import { type Keys, keysOf } from './keys.js';
import { checkClient, type RedisClient, type RedisStorageOptions, resolveOptions } from './options.js';
import { Reads } from './reads.js';
import { RedisStorageError } from './redis-storage-error.js';
import { Subscriber } from './subscriber.js';
import { Transactions } from './transactions.js';

/** A silent link must be found out, and told of, within five seconds, whatever time operations may take. */
const LONGEST_SILENCE_MS = 1_250;

/**
 * Shares circuits through Redis (6.2 or newer) or Valkey. Works on connections of its own, made like the client that is given; that
 * one is never used itself.
 *
 * Operations reject with a `RedisStorageError`.
 */
export class RedisStorage implements CircuitStorage {
  readonly #keys: Keys;
  readonly #link: Link;
  readonly #reads: Reads;
  readonly #transactions: Transactions;
  readonly #subscriber: Subscriber;
  readonly #pending = new Set<Promise<StoredRecord>>();
  #isClosed = false;

  /** @throws TypeError or RangeError that names the argument, its value and what was expected */
  constructor(client: RedisClient, options: RedisStorageOptions) {
    checkClient(client);
    const { namespace, idleTtlMs, timeoutMs } = resolveOptions(options);
    this.#keys = keysOf(namespace, client.options.keyPrefix ?? '', databaseOf(client));
    this.#link = new Link(routeOf(client, timeoutMs));
    this.#reads = new Reads(this.#link, this.#keys, timeoutMs);
    this.#transactions = new Transactions(this.#link, { keys: this.#keys, idleTtlMs }, timeoutMs);
    const route = routeOf(client, Math.min(timeoutMs, LONGEST_SILENCE_MS));
    this.#subscriber = new Subscriber(route, () => this.#link.check());
  }

  read(name: string): Promise<StoredRecord> {
    return this.#track(() => this.#reads.read(name));
  }

  update(name: string, change: RecordChange): Promise<StoredRecord> {
    return this.#track(() => this.#transactions.update(name, change));
  }

  subscribe(name: string, onPush: (record?: unknown) => void): () => void {
    if (this.#isClosed) return () => {};
    this.#link.warmUp();
    return this.#subscriber.subscribe(this.#keys.channelOf(name), onPush);
  }

  /** Waits for what is under way, for `timeoutMs` at most, and closes the storage's own connections; the client is left as it is. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#subscriber.close();
    await Promise.allSettled(this.#pending);
    this.#link.close();
  }

  async #track(operate: () => Promise<StoredRecord>): Promise<StoredRecord> {
    if (this.#isClosed) {
      throw new RedisStorageError('The storage is closed', { reason: 'unavailable', mayHaveBeenApplied: false });
    }
    const operation = operate();
    this.#pending.add(operation);
    try {
      return await operation;
    } finally {
      this.#pending.delete(operation);
    }
  }
}

function routeOf(client: RedisClient, timeoutMs: number): Route {
  return isCluster(client) ? new ClusterRoute(client, timeoutMs) : new SingleRoute(client, timeoutMs);
}

/** A Cluster has one database only. */
function databaseOf(client: RedisClient): number {
  const { db = 0 } = client.options as RedisOptions;
  return isCluster(client) ? 0 : Number(db);
}

function isCluster(client: RedisClient): client is Cluster {
  return client.isCluster;
}
