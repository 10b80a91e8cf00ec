import { expect, it } from 'vitest';
import { bars, shareOf } from './bars.js';

const place = { y: 100, left: 20, right: 700 };

it('gives each factor of ten the same length', () => {
  const lengths = [100, 1_000, 10_000].map(shareOf);
  expect((lengths[1] ?? 0) - (lengths[0] ?? 0)).toBeCloseTo((lengths[2] ?? 0) - (lengths[1] ?? 0));
  expect(shareOf(10_000_000)).toBe(1);
});

it('keeps to the scale, and shows the smallest, too', () => {
  expect(shareOf(1)).toBeGreaterThan(0);
  expect(shareOf(1e12)).toBe(1);
});

it('draws a bar with a name and a label for each row, and ours in its own colour', () => {
  const rows = [
    { name: 'bare', value: 30, label: '30 ns', isOwn: false },
    { name: '@breaker/core', value: 60, label: '60 ns', isOwn: true },
  ];
  const { svg, height } = bars({ title: 'success', rows }, place);
  expect(svg.match(/<rect/g)).toHaveLength(2);
  expect(svg.match(/class="bar own"/g)).toHaveLength(1);
  expect(svg).toContain('>@breaker/core</text>');
  expect(svg).toContain('>60 ns</text>');
  const widths = [...svg.matchAll(/width="([\d.]+)"/g)].map(([, width]) => Number(width));
  expect(widths[1]).toBeGreaterThan(widths[0] ?? Number.NaN);
  expect(height).toBeGreaterThan(40);
});

it('writes names that are no markup as they are', () => {
  const { svg } = bars({ title: 'a < b & c', rows: [] }, place);
  expect(svg).toContain('a &lt; b &amp; c');
});
