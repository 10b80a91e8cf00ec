import { milliseconds, seconds } from '../times.js';
import type { Side } from './side.js';

/** How the sides compare: the latencies of all calls, or of those that ended since then. */
export function table([withBreaker, without]: readonly [Side, Side], since?: number): string[] {
  const row = (label: string, show: (side: Side) => string | number) => line(label, show(withBreaker), show(without));
  const which = since === undefined ? 'all calls' : 'last second';
  const spared = without.requests - withBreaker.requests;
  const share = Math.round((100 * spared) / Math.max(1, without.requests));
  return [
    line('', 'with a breaker', 'without'),
    row('calls answered', (side) => side.count('answered')),
    row('calls failed', (side) => side.count('failed')),
    row('calls rejected at once', (side) => side.count('rejected')),
    row(`latency p50, ${which}`, (side) => milliseconds(side.latencyMs(0.5, since))),
    row(`latency p95, ${which}`, (side) => milliseconds(side.latencyMs(0.95, since))),
    row('time spent waiting for no answer', (side) => seconds(side.wastedMs())),
    row('callers waiting at once, at most', ({ mostWaiting }) => mostWaiting),
    row('requests that reached the server', ({ requests }) => requests),
    line('requests that it was spared', `${spared} (${share} %)`, '-'),
  ];
}

function line(label: string, withBreaker: string | number, without: string | number): string {
  return ` ${label.padEnd(36)}${String(withBreaker).padStart(16)}${String(without).padStart(16)}`;
}
