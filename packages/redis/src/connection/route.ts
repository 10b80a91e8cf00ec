import type { Connection } from './connection.js';

/** The way to the server that keeps a namespace. */
export interface Route {
  /** @throws Error where no server can be reached, or ioredis refuses the options; a Setback where trying again may help */
  connect(): Promise<Connection>;
  /** A server that was reached is of no use any more. */
  failed(): void;
  /** Learns where the namespace lives. Says whether it can be followed. */
  moved(address: string): boolean;
  /**
   * Connects to a server that has got a part of the namespace already.
   *
   * @throws Error as above
   */
  ask(address: string): Promise<Connection>;
}
