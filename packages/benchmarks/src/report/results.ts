import { writeFileSync } from 'node:fs';
import { asMarkdown } from './as-markdown.js';
import { drawChart } from './draw-chart.js';
import type { Report } from './report.js';

const results = new URL('../../results/', import.meta.url);

/** Writes the report of this Node, replacing an older one: as data, to be read, and as a chart. */
export function writeResults(report: Report): void {
  const name = `node-${process.versions.node.split('.')[0]}`;
  writeFileSync(new URL(`${name}.json`, results), `${JSON.stringify(report, undefined, 2)}\n`);
  writeFileSync(new URL(`${name}.md`, results), `${asMarkdown(report)}\n`);
  writeFileSync(new URL(`${name}.svg`, results), drawChart(report));
}
