import { Circuit, type Module, SlidingCountBreaker, SlidingTimeBreaker, Timeout } from 'mollitia';
import type { Demands, Peer } from './peer.js';

/**
 * mollitia knows shares only: failures in a row become all of the last so many calls, which is the same. Its window of time
 * remembers a thousand calls at most. It tells of no success.
 */
export const mollitia: Peer = {
  name: 'mollitia',
  reopensByTimer: true,
  remembersAtMost: 1_000,
  guard(call, demands) {
    const { timeoutMs, onSuccess, onStateChange } = demands;
    if (onSuccess) return undefined;
    const breaker = breakerFor(demands);
    if (onStateChange) breaker.on('state-changed', onStateChange);
    const modules: Module[] = timeoutMs === undefined ? [breaker] : [breaker, new Timeout({ delay: timeoutMs })];
    const circuit = new Circuit({ func: call, options: { modules } });
    const dispose = () => {
      breaker.dispose();
      circuit.dispose();
    };
    return { call: () => circuit.execute<number>(), made: circuit, dispose };
  },
};

const NEVER = 100; // it opens at its percentage, but 100 turns that off: 99 is the nearest to all

function breakerFor({ trip, staysClosed, resetTimeoutMs }: Demands): SlidingCountBreaker | SlidingTimeBreaker {
  const common = { openStateDelay: resetTimeoutMs, permittedNumberOfCallsInHalfOpenState: 1 };
  if (trip.kind === 'consecutive') {
    const { failures } = trip;
    const failureRateThreshold = staysClosed ? NEVER : 99;
    return new SlidingCountBreaker({
      ...common,
      slidingWindowSize: failures,
      minimumNumberOfCalls: failures,
      failureRateThreshold,
    });
  }
  const { share, windowMs, minimumCalls } = trip;
  return new SlidingTimeBreaker({
    ...common,
    slidingWindowSize: windowMs,
    minimumNumberOfCalls: minimumCalls,
    failureRateThreshold: staysClosed ? NEVER : share * 100,
  });
}
