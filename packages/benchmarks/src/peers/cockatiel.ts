import type * as Cockatiel from 'cockatiel';
import { newest } from './newest.js';
import { type Demands, nothingToDispose, type Peer, type Trip } from './peer.js';

const { circuitBreaker, ConsecutiveBreaker, handleAll, SamplingBreaker, TimeoutStrategy, timeout, wrap } = await newest<
  typeof Cockatiel
>(
  () => import('cockatiel-4') as Promise<unknown> as Promise<typeof Cockatiel>,
  () => import('cockatiel'),
);

/** cockatiel's time-out is a policy of its own, inside the breaker's so that it counts as a failure. */
export const cockatiel: Peer = {
  name: 'cockatiel',
  reopensByTimer: false,
  guard(call, demands) {
    const { resetTimeoutMs, timeoutMs, onSuccess, onStateChange } = demands;
    const breaker = circuitBreaker(handleAll, { halfOpenAfter: resetTimeoutMs, breaker: ruleFor(demands) });
    if (onSuccess) breaker.onSuccess(onSuccess);
    if (onStateChange) breaker.onStateChange(onStateChange);
    const policy = timeoutMs === undefined ? breaker : wrap(breaker, timeout(timeoutMs, TimeoutStrategy.Aggressive));
    return { call: () => policy.execute(call), made: policy, dispose: nothingToDispose };
  },
};

function ruleFor({ trip, staysClosed = false }: Demands): Cockatiel.IBreaker {
  if (trip.kind === 'consecutive') return new ConsecutiveBreaker(staysClosed ? Number.MAX_SAFE_INTEGER : trip.failures);
  return samplingFor(trip, staysClosed);
}

/** It opens above its share, not at it, and takes none of 1; its minimum is a rate. */
function samplingFor({ share, windowMs, minimumCalls }: Extract<Trip, { kind: 'rate' }>, staysClosed: boolean) {
  return new SamplingBreaker({
    threshold: Math.min(share, 0.99),
    duration: windowMs,
    minimumRps: staysClosed ? Number.MAX_SAFE_INTEGER : (minimumCalls * 1000) / windowMs,
  });
}
