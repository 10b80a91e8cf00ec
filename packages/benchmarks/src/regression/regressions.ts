import type { Footprint, PathFootprint } from './footprint.js';

const SHARE = 0.04;
const BYTES = 12;

/** What has become dearer than the baseline; less is no regression. Numbers are exact, and bytes nearly so. */
export function regressions(now: Footprint, baseline: Footprint): string[] {
  return [
    ...Object.entries(baseline.paths).flatMap(([name, before]) => regressionsOf(name, now.paths[name], before)),
    ...Object.entries(baseline.kept).flatMap(([name, before]) => dearer(`${name}: bytes kept`, now.kept[name], before)),
  ];
}

function regressionsOf(name: string, now: PathFootprint | undefined, before: PathFootprint): string[] {
  if (now === undefined) return [`${name}: is not measured any more`];
  const counts = (['promises', 'clockReads', 'timers'] as const).filter((count) => now[count] > before[count]);
  return [
    ...counts.map((count) => `${name}: ${count}: ${now[count]}, and were ${before[count]}`),
    ...dearer(`${name}: bytes`, now.bytes, before.bytes),
  ];
}

function dearer(what: string, now: number | undefined, before: number): string[] {
  if (now === undefined) return [`${what}: are not measured any more`];
  return now > before * (1 + SHARE) + BYTES ? [`${what}: ${now}, and were ${before}`] : [];
}
