import { judge } from '../budgets/budget.js';
import { budgets } from '../budgets/budgets.js';
import { byHand, leastByHand } from '../cases/least-by-hand.js';
import type { Row } from '../measure/interleave.js';
import { type Comparison, type Report, rowsOf } from './report.js';
import { duration, ratio } from './units.js';

/** The whole report, to be read in a terminal or on a page. */
export function asMarkdown(report: Report): string {
  return [
    `# Node ${report.node.slice(1)}, ${report.machine}, ${report.measuredAt}`,
    ...report.comparisons.map(comparison),
    section(
      '@breaker/core over the least that can be written by hand',
      ['', 'by hand', '@breaker/core', 'over it'],
      overByHand(rowsOf(report, leastByHand.id)),
    ),
    section(
      'eight configurations of @breaker/core, against a bare call',
      ['', 'alone in a process', 'all in one'],
      [...report.configurations.map(({ name, alone, together }) => [name, ratio(alone), ratio(together)])],
    ),
    section(
      'many idle breakers',
      ['', 'trips by', 'heap, as made', 'heap, once called', 'timers each', 'of a core, all'],
      [
        ...report.breakers.map(({ name, trip, heap, heapOnceCalled, timers, busy }) => {
          return [name, trip, `${heap} B`, `${heapOnceCalled} B`, String(timers), `${(100 * busy).toFixed(1)} %`];
        }),
      ],
    ),
    section(
      'a pending call, over a bare one',
      ['', 'heap'],
      report.pendingCalls.map(({ name, bytes }) => [name, `${bytes} B`]),
    ),
    section(
      'import',
      ['', 'median', 'middle half'],
      [
        ...report.imports.map(({ name, milliseconds: { median, low, high } }) => {
          return [name, `${median.toFixed(1)} ms`, `${low.toFixed(1)} to ${high.toFixed(1)} ms`];
        }),
      ],
    ),
    section(
      'size, minified and compressed',
      ['', 'version', 'all of it', 'what a breaker needs', 'dependencies'],
      [
        ...report.sizes.map(({ name, version, bytes, bytesOfBreaker, dependencies }) => {
          return [name, version, kilobytes(bytes), kilobytes(bytesOfBreaker), String(dependencies)];
        }),
      ],
    ),
    section(
      'budgets',
      ['', 'at most', 'measured', ''],
      [
        ...judge(report, budgets).map(({ what, limit, unit, measured, isMet }) => {
          return [what, `${limit} ${unit}`, `${measured} ${unit}`, isMet ? 'met' : '**not met**'];
        }),
      ],
    ),
  ].join('\n\n');
}

function overByHand(rows: readonly Row[]): string[][] {
  return rows.flatMap((least) => {
    const ours = rows.find(({ name }) => least.name === byHand(name));
    if (ours === undefined) return [];
    const [low, high] = [least.ratio.median, ours.ratio.median];
    return [[ours.name, ratio(low), ratio(high), ratio(high / low)]];
  });
}

function comparison({ title, rows }: Comparison): string {
  return section(
    title,
    ['', 'median', 'against bare', 'middle half'],
    [
      ...rows.map((row) => {
        const { median, low, high } = row.ratio;
        return [row.name, duration(row.nanoseconds.median), ratio(median), `${ratio(low)} to ${ratio(high)}`];
      }),
    ],
  );
}

function section(title: string, head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((cell, column) => Math.max(3, cell.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [`## ${title}`, '', line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}

function kilobytes(bytes: number | undefined): string {
  return bytes === undefined ? '' : `${(bytes / 1_000).toFixed(1)} kB`;
}
