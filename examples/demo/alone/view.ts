import type { CircuitBreaker } from '@breaker/core';
import { paint } from '../marks.js';
import { openScreen } from '../screen.js';
import { seconds } from '../times.js';
import type { Side } from './side.js';
import { table } from './table.js';
import { type Moment, timeline } from './timeline.js';

/** All that there is to see. */
export interface Scene {
  readonly breaker: CircuitBreaker;
  readonly sides: readonly [withBreaker: Side, without: Side];
  readonly moments: Moment[];
}

export interface View {
  /** Tells what has changed. */
  tell(elapsedMs: number, news: string): void;
  /** Shows how things stand, at the last of the moments. */
  show(elapsedMs: number, scene: Scene): void;
  /** Leaves the terminal as it was. */
  close(): void;
}

/** For a terminal. */
export function liveView(): View {
  const screen = openScreen();
  let latest = '';
  return {
    tell: (elapsedMs, news) => {
      latest = `at ${seconds(elapsedMs)}: ${news}`;
    },
    show: (elapsedMs, scene) =>
      screen.draw([...header(elapsedMs, scene, latest), ...report(scene, performance.now() - 1_000)]),
    close: () => screen.close(),
  };
}

/** Lines for a file or a pipe: one for each change, and one a second. */
export function plainView(): View {
  console.log('Of each pair, the first is with the circuit breaker, the second without.');
  let dueMs = 1_000;
  const tell = (elapsedMs: number, news: string) => console.log(`${seconds(elapsedMs).padStart(7)}  ${news}`);
  const show = (elapsedMs: number, { breaker, sides }: Scene) => {
    if (elapsedMs < dueMs) return;
    dueMs += 1_000;
    const pair = (show: (side: Side) => number) => sides.map((side) => Math.round(show(side))).join('/');
    const facts = [
      `p95 ${pair((side) => side.latencyMs(0.95, performance.now() - 1_000))} ms`,
      `failed ${pair((side) => side.count('failed'))}`,
      `rejected ${pair((side) => side.count('rejected'))}`,
      `reached ${pair(({ requests }) => requests)}`,
    ];
    tell(elapsedMs, `${breaker.state}: ${facts.join(', ')}`);
  };
  return { tell, show, close: () => undefined };
}

/** How the sides compare, and what happened when. */
export function report({ sides, moments }: Scene, since?: number): string[] {
  return ['', ...table(sides, since), '', ...timeline(moments)];
}

function header(elapsedMs: number, { breaker, moments }: Scene, latest: string): string[] {
  const health = moments.at(-1)?.health ?? 'healthy';
  const { state, trips, retryAfterMs } = breaker.snapshot();
  const { successes, failures, timeouts, slow, rejected } = breaker.counts;
  const trial = retryAfterMs === undefined ? '' : `trip ${trips}, next trial in ${seconds(retryAfterMs)}`;
  return [
    ` The same calls to two equal servers, with a circuit breaker and without${seconds(elapsedMs).padStart(7)}`,
    '',
    ` server   ${paint(health)}`,
    ` circuit  ${paint(state, state.padEnd(11))}${trial}`,
    ` counts   ${successes} successes, ${failures} failures (${timeouts} timed out), ${slow} slow, ${rejected} rejected`,
    ` latest   ${latest}`,
  ];
}
