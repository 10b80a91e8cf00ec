import type { Dependency } from '../member/dependency.js';
import type { BreakerSettings } from '../member/member-settings.js';
import type { Servers } from '../servers/servers.js';

export interface FleetSettings {
  readonly servers: Servers;
  /** How many processes it begins with. */
  readonly processes: number;
  /** The options of every breaker. Default: short times */
  readonly breaker?: BreakerSettings;
  /** What calls meet at first. Default: `up` */
  readonly dependency?: Dependency;
  /** How many calls a process has under way at once, at most. Default: 2 */
  readonly flows?: number;
  /** How long each flow of calls rests in between, on average, in milliseconds. Default: 15 */
  readonly pauseMs?: number;
  /** How many times longer than by default storage operations may take: `paceOfMachine()` where none may be late. Default: 1 */
  readonly pace?: number;
  /** Where the history is written. Default: a new folder of its own */
  readonly folder?: string;
  /** The file of the members' program. Default: the usual one */
  readonly program?: string;
}

/** So short that a circuit opens, is tried and closes several times a second. */
export const SHORT_TIMES: BreakerSettings = { resetTimeoutMs: 300, trialTimeoutMs: 1_000 };
