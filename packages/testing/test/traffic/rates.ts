import { PING_BYTES_PER_SECOND } from './bytes-on-redis.js';
import type { Traffic } from './counted-storage.js';

/** What a fleet asks of its storage in a second. */
export type Rates = Readonly<Traffic>;

/** Pings come on top, of all processes. */
export function ratesOf({ reads, changes, execs, lost, bytes }: Traffic, ms: number, processes: number): Rates {
  const seconds = ms / 1_000;
  return {
    reads: reads / seconds,
    changes: changes / seconds,
    execs: execs / seconds,
    lost: lost / seconds,
    bytes: bytes / seconds + processes * PING_BYTES_PER_SECOND,
  };
}
