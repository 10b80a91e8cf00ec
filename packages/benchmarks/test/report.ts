import { cases } from '../src/cases/cases.js';
import { peers } from '../src/peers/peers.js';
import type { Report } from '../src/report/report.js';

const even = (median: number) => ({ median, low: median, high: median });

/** Comparisons in which there are no peers. */
const OF_CORE_ALONE: Readonly<Record<string, readonly string[]>> = {
  'closed-success-more': ['plain', 'a shared storage', 'a listener to changes of state', 'wrap', 'classify'],
  acquire: ['acquire and succeed'],
  'least-by-hand': ['a permit, by hand', 'a permit'],
};

/** A report in which every call takes so many times 100 ns, and all else is within its budget. */
export function makeReport(times = 1): Report {
  const rowOf = (name: string) => ({ name, nanoseconds: even(100 * times), ratio: even(times) });
  const rowsOf = (id: string) => (OF_CORE_ALONE[id] ?? peers.map(({ name }) => name)).map(rowOf);
  const weight = { heap: 200, heapOnceCalled: 300, timers: 0, busy: 0 };
  const core = '@breaker/core';
  return {
    node: 'v20.0.0',
    machine: '2 cores',
    measuredAt: '2026-01-31',
    comparisons: cases.map(({ id, title }) => ({ id, title, rows: rowsOf(id) })),
    configurations: [{ name: 'defaults', alone: 1.5, together: 1.6 }],
    breakers: [
      { name: `${core}, no options`, trip: 'consecutive', ...weight },
      { name: core, trip: 'consecutive', ...weight },
      { name: core, trip: 'windowed', ...weight, heap: 699 },
    ],
    pendingCalls: [{ name: core, bytes: 96 }],
    imports: [{ name: core, milliseconds: even(7) }],
    sizes: [{ name: core, version: '1.0.0', bytes: 11_000, bytesOfBreaker: 10_000, dependencies: 0 }],
  };
}
