import { Setback } from '../setback.js';
import type { Connection } from './connection.js';
import type { Route } from './route.js';

/** Keeps the one connection for reads and transactions: opened when it is needed, and replaced when it is lost. */
export class Link {
  #connection: Promise<Connection> | undefined = undefined;
  #open: Connection | undefined = undefined;
  #isClosed = false;

  constructor(readonly route: Route) {}

  /** @throws Error where none can be had */
  get(): Promise<Connection> {
    if (this.#open?.isOpen === false) this.discard(this.#open);
    this.#connection ??= this.#connect();
    return this.#connection;
  }

  /** Opens it before it is needed. */
  warmUp(): void {
    this.get().catch(() => undefined);
  }

  /** Sees whether a connection that lies idle still stands. */
  check(): void {
    const connection = this.#open;
    connection?.exchange([['ping']]).catch(() => this.discard(connection));
  }

  /** Lets go of a connection, once and for all. */
  discard(connection: Connection): void {
    connection.end(new Setback('lost', { cause: new Error('The connection is not used any more') }));
    if (this.#open !== connection) return;
    this.#open = undefined;
    this.#connection = undefined;
    this.route.failed();
  }

  close(): void {
    this.#isClosed = true;
    if (this.#open !== undefined) this.discard(this.#open);
  }

  async #connect(): Promise<Connection> {
    try {
      const connection = await this.route.connect();
      this.#open = connection;
      if (this.#isClosed) this.discard(connection);
      return connection;
    } catch (error) {
      this.#connection = undefined;
      this.route.failed();
      throw error;
    }
  }
}
