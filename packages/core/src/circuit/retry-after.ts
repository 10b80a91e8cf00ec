import type { Circuit } from './circuit.js';
import { liveLeases } from './half-open.js';

/**
 * How long until a call may pass, in whole milliseconds, rounded up so that who waits so long comes not too early: what is
 * left of open, or until the earliest deadline of the trials that take every place. 0 where an open circuit is due. `undefined` where
 * calls pass, or only a ruling by hand lets them.
 */
export function retryAfterMs(circuit: Circuit, now: number): number | undefined {
  switch (circuit.state) {
    case 'open':
      return Math.max(0, Math.ceil(circuit.openUntilAt - now));
    case 'half-open': {
      const live = liveLeases(circuit, now);
      if (live.length < circuit.limit) return undefined;
      return Math.ceil(Math.min(...live.map(({ expiresAt }) => expiresAt)) - now);
    }
    default:
      return undefined;
  }
}
