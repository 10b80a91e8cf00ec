import type { SimulatedCall } from '../simulated-call.js';
import type { Watch } from '../watcher.js';

/** Clocks that drift, and the turn of an event loop. */
const MARGIN_MS = 1;
const DRIFT = 1.01;

/**
 * Invariant 9. A call gets its own outcome or a breaker's rejection, whatever the storage does; it is not delayed while closed, or
 * open and not due, and else by at most `leaseTimeoutMs`. Time in which the process stood still
 * does not count, nor does a process whose clock was put back.
 */
export const watchCalls: Watch = (_world, report) => {
  function mustBeInTime(call: SimulatedCall, at: number): void {
    const { process, askedAt, isUrgent } = call;
    const { leaseTimeoutMs = 100 } = process.breaker.options;
    const most = isUrgent ? 0 : leaseTimeoutMs * DRIFT + MARGIN_MS;
    if (at - askedAt <= most || call.pauses !== process.pauses || process.clock.hasGoneBack) return;
    report(9, `a call of ${process.name} waited for ${at - askedAt} ms${isUrgent ? ', though it need not ask' : ''}`);
  }

  return {
    started(call) {
      mustBeInTime(call, call.startedAt as number);
    },

    settled(call) {
      const { result, process, strange, startedAt, settledAt } = call;
      if (result === 'strange') report(9, `a call of ${process.name} ended with ${String(strange)}`);
      if (result === 'rejected' && startedAt === undefined) mustBeInTime(call, settledAt as number);
      if (result === 'rejected' && startedAt !== undefined)
        report(9, `a call of ${process.name} was made, and rejected`);
    },
  };
};
