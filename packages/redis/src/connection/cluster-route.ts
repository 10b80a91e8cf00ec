import { type Cluster, Redis, type RedisOptions } from 'ioredis';
import { Setback } from '../setback.js';
import { Connection } from './connection.js';
import { connectionOptions } from './connection-options.js';
import { type ClusterServer, parseAddress } from './node-address.js';
import type { Route } from './route.js';
import { startupNodes } from './startup-nodes.js';

/** The options as the constructor's overloads want them: their type forbids an explicit `undefined`. */
type SafeOptions = RedisOptions & { replyMapping: 'legacy' };

/**
 * The way to the master of a namespace in a Cluster: a connection of our own to one server, since WATCH belongs to a connection and
 * ioredis follows no redirection with it. Where we do not know the master, any server does to be sent to it.
 */
export class ClusterRoute implements Route {
  #master: ClusterServer | undefined = undefined;
  /** Counts on with every failure, so that another server comes first. */
  #first = 0;
  /** The host that we have been connected to last. */
  #host = '';

  constructor(
    readonly cluster: Cluster,
    readonly timeoutMs: number,
  ) {}

  async connect(): Promise<Connection> {
    let failure: unknown = new Setback('lost', { cause: new Error('No server of the Cluster is known') });
    for (const node of await this.#candidates()) {
      try {
        return await this.#open(node, false);
      } catch (error) {
        failure = error;
        this.failed();
      }
    }
    throw failure;
  }

  failed(): void {
    this.#master = undefined;
    this.#first++;
  }

  moved(address: string): boolean {
    this.#master = this.#addressOf(address);
    return true;
  }

  ask(address: string): Promise<Connection> {
    return this.#open(this.#addressOf(address), true);
  }

  async #open(node: ClusterServer, isAsking: boolean): Promise<Connection> {
    const { redisOptions } = this.cluster.options;
    const options: RedisOptions = { ...redisOptions, ...node, ...connectionOptions({}, this.timeoutMs), db: 0 };
    const connection = await Connection.open(new Redis(options as SafeOptions), this.timeoutMs, isAsking);
    this.#host = node.host;
    return connection;
  }

  #addressOf(address: string): ClusterServer {
    return parseAddress(address, this.#host, this.cluster.options.natMap);
  }

  /** The master, or else all servers that are known to the client that was given, or were to it at its start. */
  async #candidates(): Promise<ClusterServer[]> {
    if (this.#master !== undefined) return [this.#master];
    const known = this.cluster.nodes('all').map(({ options }) => options as ClusterServer);
    const nodes = new Map<string, ClusterServer>();
    for (const node of [...known, ...(await startupNodes(this.cluster))]) nodes.set(`${node.host}:${node.port}`, node);
    const all = [...nodes.values()];
    const first = this.#first % Math.max(all.length, 1);
    return [...all.slice(first), ...all.slice(0, first)];
  }
}
