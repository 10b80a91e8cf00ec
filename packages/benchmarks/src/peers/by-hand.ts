import { type Call, type Guarded, nothingToDispose, type Peer } from './peer.js';

/** Guards a call by consecutive failures. */
type GuardByHand = (call: Call, threshold: number, resetTimeoutMs: number) => Call;

/** A breaker that is written in a few lines: it knows consecutive failures only, and no listener or time-out. */
export function byHand(name: string, guardByHand: GuardByHand): Peer {
  return {
    name,
    reopensByTimer: false,
    guard(call, { trip, staysClosed, resetTimeoutMs, timeoutMs, onSuccess, onStateChange }): Guarded | undefined {
      if (trip.kind !== 'consecutive' || timeoutMs !== undefined || onSuccess || onStateChange) return undefined;
      const made = guardByHand(call, staysClosed ? Number.POSITIVE_INFINITY : trip.failures, resetTimeoutMs);
      return { call: made, made, dispose: nothingToDispose };
    },
  };
}
