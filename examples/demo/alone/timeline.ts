import type { CircuitState } from '@breaker/core';
import { stretches } from '../marks.js';
import type { Health } from '../server.js';

/** A column of the timeline. */
export interface Moment {
  readonly health: Health;
  readonly state: CircuitState;
  readonly waiting: readonly [withBreaker: number, without: number];
}

const BARS = '▁▂▃▄▅▆▇█';

export function timeline(moments: readonly Moment[]): string[] {
  const most = Math.max(BARS.length, ...moments.flatMap(({ waiting }) => waiting));
  const bar = (waiting: number) => BARS[Math.round((waiting / most) * (BARS.length - 1))];
  return [
    ` server            ${stretches(moments.map(({ health }) => health))}`,
    ` circuit           ${stretches(moments.map(({ state }) => state))}`,
    ` waiting, with     ${moments.map(({ waiting }) => bar(waiting[0])).join('')}`,
    ` waiting, without  ${moments.map(({ waiting }) => bar(waiting[1])).join('')}`,
    '                   (· open, ? half-open: trials only; bars: callers waiting)',
  ];
}
