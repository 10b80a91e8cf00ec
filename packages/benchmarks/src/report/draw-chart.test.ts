import { expect, it } from 'vitest';
import { makeReport } from '../../test/report.js';
import { peers } from '../peers/peers.js';
import { drawChart } from './draw-chart.js';

const GROUPS = 4;

it('draws everybody in every group, and within its frame', () => {
  const svg = drawChart(makeReport(20));
  expect(svg.match(/class="title"/g)).toHaveLength(GROUPS);
  expect(svg.match(/class="bar/g)).toHaveLength(GROUPS * peers.length);
  const [, width, height] = svg.match(/viewBox="0 0 (\d+) (\d+)"/) ?? [];
  const below = [...svg.matchAll(/ y="([\d.]+)"/g)].map(([, y]) => Number(y));
  expect(Math.max(...below)).toBeLessThan(Number(height));
  const right = [...svg.matchAll(/ x="([\d.]+)"/g)].map(([, x]) => Number(x));
  expect(Math.max(...right)).toBeLessThan(Number(width));
});

it('has a ground and colours of its own, light and dark', () => {
  const svg = drawChart(makeReport());
  expect(svg).toContain('class="ground"');
  expect(svg).toContain('prefers-color-scheme: dark');
});

it('opens and closes every tag', () => {
  const svg = drawChart(makeReport());
  for (const tag of ['svg', 'text', 'title', 'style']) {
    expect(svg.match(new RegExp(`</${tag}>`, 'g'))).toHaveLength(
      svg.match(new RegExp(`<${tag}[ >]`, 'g'))?.length ?? 0,
    );
  }
});
