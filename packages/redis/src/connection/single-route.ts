import type { Redis, RedisOptions } from 'ioredis';
import { Setback } from '../setback.js';
import { Connection } from './connection.js';
import { connectionOptions } from './connection-options.js';
import type { Route } from './route.js';

/** The way to one server, or to the master that Sentinels name. */
export class SingleRoute implements Route {
  #failures = 0;

  constructor(
    readonly client: Redis,
    readonly timeoutMs: number,
  ) {}

  connect(): Promise<Connection> {
    const { client, timeoutMs } = this;
    const options = { ...connectionOptions(client.options, timeoutMs), ...this.#sentinels() };
    return Connection.open(client.duplicate(options), timeoutMs);
  }

  failed(): void {
    this.#failures++;
  }

  /** A server of a Cluster was given as if it stood alone. */
  moved(): boolean {
    return false;
  }

  ask(address: string): Promise<Connection> {
    return Promise.reject(
      new Setback('refused', { cause: new Error(`Asked to go to ${address}, but this is no Cluster`) }),
    );
  }

  /** Each time another Sentinel is asked first: one that hangs must not use up the time of all attempts. */
  #sentinels(): Partial<RedisOptions> {
    const { sentinels } = this.client.options;
    if (!sentinels) return {};
    const first = this.#failures % sentinels.length;
    return { sentinels: [...sentinels.slice(first), ...sentinels.slice(0, first)] };
  }
}
