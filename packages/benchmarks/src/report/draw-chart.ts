import { type BarGroup, bars } from './bars.js';
import { type Report, rowsOf } from './report.js';
import { duration, ratio } from './units.js';

const WIDTH = 800;
const PADDING = 24;

/** The comparisons that are drawn, and what they are called. */
const drawn = [
  ['closed-success', 'A call that succeeds'],
  ['closed-failure-windowed-10000', 'A call that fails, with 10 000 calls in a window of time'],
  ['rejection-10', 'A rejection, 10 frames deep'],
  ['half-open-cycle', 'A failure that trips, and the trial that closes'],
] as const;

/** An SVG of what calls cost: bars on a log scale with numbers beside them; on a ground of its own, light or dark. */
export function drawChart(report: Report): string {
  let y = 84;
  const groups: string[] = [];
  for (const [id, title] of drawn) {
    const { svg, height } = bars(groupOf(report, id, title), { y, left: PADDING, right: WIDTH - PADDING });
    groups.push(svg);
    y += height;
  }
  const height = y + 24;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-labelledby="title">
<title id="title">What a breaker costs, on Node ${report.node.slice(1)}</title>
<style>${STYLE}</style>
<rect class="ground" x="0.5" y="0.5" width="${WIDTH - 1}" height="${height - 1}" rx="8"/>
<text class="heading" x="${PADDING}" y="38">What a breaker costs</text>
<text class="note" x="${PADDING}" y="60">Median time of a call, on a log scale from 10 ns to 10 ms, and how many times a bare call that is. Node ${report.node.slice(1)}, ${report.measuredAt}</text>
${groups.join('\n')}
</svg>
`;
}

function groupOf(report: Report, id: string, title: string): BarGroup {
  const rows = rowsOf(report, id).map(({ name, nanoseconds, ratio: { median } }) => ({
    name,
    value: nanoseconds.median,
    label: `${duration(nanoseconds.median)} · ${ratio(median)}`,
    isOwn: name.startsWith('@breaker'),
  }));
  return { title, rows };
}

const STYLE = `
text { font: 13px system-ui, -apple-system, "Segoe UI", sans-serif; fill: #1f2328; }
.heading { font-size: 19px; font-weight: 600; }
.title { font-weight: 600; }
.note, .label { fill: #59636e; font-size: 12px; }
.ground { fill: #ffffff; stroke: #d1d9e0; }
.bar { fill: #afb8c1; }
.own { fill: #0969da; }
@media (prefers-color-scheme: dark) {
  text { fill: #f0f6fc; }
  .note, .label { fill: #9198a1; }
  .ground { fill: #0d1117; stroke: #3d444d; }
  .bar { fill: #656c76; }
  .own { fill: #4493f8; }
}
`;
