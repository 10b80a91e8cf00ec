import { rm } from 'node:fs/promises';
import { describeOnRedis } from '@breaker/redis-server-for-tests/on-redis';
import { expect, it } from 'vitest';
import { report } from '../src/run/report.js';
import { runChaos } from '../src/run/run-chaos.js';
import { summaryOf } from '../src/run/summary.js';

describeOnRedis('A chaos run', () => {
  // What comes before and after is not counted: servers and processes start, and the last burst is brought to its end.
  it.each([
    { servers: 'single', minutes: 0.3, seed: 1 },
    { servers: 'sentinel', minutes: 0.15, seed: 8 },
    { servers: 'cluster', minutes: 0.15, seed: 9 },
  ] as const)('breaks no invariant, on $servers', async ({ servers, minutes, seed }) => {
    const lines: string[] = [];
    const outcome = await runChaos({ servers, minutes, seed, processes: 4 }, (line) => lines.push(line));
    console.info(report(outcome));
    expect(outcome.violations, [...lines, report(outcome)].join('\n')).toEqual([]);
    const { trips, trials, faults } = summaryOf(outcome.history);
    expect(Math.min(trips, trials, faults.size)).toBeGreaterThan(0);
    await rm(outcome.folder, { recursive: true, force: true });
  });
});
