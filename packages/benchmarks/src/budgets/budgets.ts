import { named, type Report, rowsOf } from '../report/report.js';
import type { Budget } from './budget.js';

const core = '@breaker/core';

const ratioIn =
  (id: string, name = core) =>
  (report: Report) =>
    named(rowsOf(report, id), name).ratio.median;
/** Over a plain call, of the same rounds. */
const overPlain = (name: string) => (report: Report) =>
  ratioIn('closed-success-more', name)(report) / ratioIn('closed-success-more', 'plain')(report);
const microsecondsIn = (id: string) => (report: Report) => named(rowsOf(report, id), core).nanoseconds.median / 1_000;
const failureWith = (calls: number) => `closed-failure-windowed-${calls}`;

/** What the hot paths of `@breaker/core` may cost. A budget that is not met is shown as such. */
export const budgets: readonly Budget[] = [
  { what: 'closed success', limit: 2, unit: 'x', measured: ratioIn('closed-success') },
  { what: 'closed success, time window', limit: 3, unit: 'x', measured: ratioIn('closed-success-windowed') },
  {
    what: 'closed success, a shared storage, over plain',
    limit: 1.1,
    unit: 'x',
    measured: overPlain('a shared storage'),
  },
  {
    what: 'closed success, a listener to changes of state, over plain',
    limit: 1.1,
    unit: 'x',
    measured: overPlain('a listener to changes of state'),
  },
  { what: 'closed success, wrap', limit: 2.3, unit: 'x', measured: ratioIn('closed-success-more', 'wrap') },
  { what: 'closed success, classify', limit: 4, unit: 'x', measured: ratioIn('closed-success-more', 'classify') },
  { what: 'closed success, a permit', limit: 4.5, unit: 'x', measured: ratioIn('acquire', 'acquire and succeed') },
  { what: 'closed success, a listener to successes', limit: 6, unit: 'x', measured: ratioIn('closed-success-watched') },
  { what: 'closed success, timeoutMs', limit: 7, unit: 'x', measured: ratioIn('closed-success-timed') },
  { what: 'closed failure', limit: 1.6, unit: 'x', measured: ratioIn('closed-failure') },
  ...[0, 1_000, 10_000, 100_000].map((calls) => ({
    what: `closed failure, ${calls.toLocaleString('en')} calls in its window`,
    limit: 1.6,
    unit: 'x',
    measured: ratioIn(failureWith(calls)),
  })),
  { what: 'a failure at 100,000 calls, over one at 1,000', limit: 1.25, unit: 'x', measured: growth },
  { what: 'half-open cycle', limit: 1.6, unit: 'x', measured: ratioIn('half-open-cycle') },
  { what: 'rejection', limit: 1.3, unit: 'µs', measured: microsecondsIn('rejection-0') },
  { what: 'rejection, 10 frames deep', limit: 1.3, unit: 'µs', measured: microsecondsIn('rejection-10') },
  { what: 'rejection, 30 frames deep', limit: 1.3, unit: 'µs', measured: microsecondsIn('rejection-30') },
  {
    what: 'heap of a breaker',
    limit: 300,
    unit: 'B',
    measured: ({ breakers }) => named(breakers, `${core}, no options`).heap,
  },
  { what: 'heap of a breaker with a time window', limit: 700, unit: 'B', measured: (report) => windowed(report).heap },
  { what: 'timers of an idle breaker', limit: 0, unit: '', measured: ({ breakers }) => named(breakers, core).timers },
  {
    what: 'of a core, to keep all breakers idle',
    limit: 1,
    unit: '%',
    measured: ({ breakers }) => 100 * named(breakers, core).busy,
  },
  {
    what: 'heap of a pending call, over a bare one',
    limit: 150,
    unit: 'B',
    measured: ({ pendingCalls }) => named(pendingCalls, core).bytes,
  },
  { what: 'import', limit: 11, unit: 'ms', measured: ({ imports }) => named(imports, core).milliseconds.median },
  {
    what: 'all of core, minified and compressed',
    limit: 12,
    unit: 'kB',
    measured: ({ sizes }) => named(sizes, core).bytes / 1_000,
  },
  { what: 'dependencies', limit: 0, unit: '', measured: ({ sizes }) => named(sizes, core).dependencies },
];

function growth(report: Report): number {
  const at = (calls: number) => named(rowsOf(report, failureWith(calls)), core).ratio.median;
  return at(100_000) / at(1_000);
}

function windowed({ breakers }: Report) {
  return named(
    breakers.filter(({ trip }) => trip === 'windowed'),
    core,
  );
}
