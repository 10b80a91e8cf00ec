import type { Fleet } from '../fleet/fleet.js';
import type { Servers, ServersKind } from '../servers/servers.js';
import type { Dice } from './dice.js';

/** Where faults happen. */
export interface Scene {
  readonly fleet: Fleet;
  readonly servers: Servers;
  readonly dice: Dice;
}

/** A kind of fault. */
export interface FaultKind {
  readonly name: string;
  /** On which servers it can happen. Default: all */
  readonly on?: readonly ServersKind[];
  /** Whether it is the servers that it breaks: one at a time. */
  readonly concernsServer: boolean;
  /** Whether writes may be lost by it, or everything. */
  readonly losesMemory: boolean;
  /** Chooses what to break; `undefined` where there is nothing left that could be. */
  aim(scene: Scene): Promise<Fault | undefined> | Fault | undefined;
}

/** One fault, before it happens. */
export interface Fault {
  /** What or whom it meets. */
  readonly target: string;
  begin(): unknown;
  /** Mends it; settles when everything works as before. */
  end(): unknown;
}
