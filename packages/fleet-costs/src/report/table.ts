import { type Figure, isMet, showGoal } from './figure.js';
import { show } from './show.js';

const WIDTHS = { what: 54, value: 8, unit: 16, goal: 12 };

/** Figures under their topics: each with its goal, and whether that is met. */
export function tableOf(figures: readonly Figure[]): string {
  const topics = [...new Set(figures.map(({ topic }) => topic))];
  return topics
    .map((topic) => [topic, ...figures.filter((figure) => figure.topic === topic).map(lineOf)].join('\n'))
    .join('\n\n');
}

function lineOf({ what, value, unit, goal }: Figure): string {
  const amount = `${show(value).padStart(WIDTHS.value)} ${unit}`;
  const verdict = goal && `${showGoal(goal).padEnd(WIDTHS.goal)}${isMet(value, goal) ? 'met' : 'NOT MET'}`;
  return `  ${what.padEnd(WIDTHS.what)}${amount.padEnd(WIDTHS.value + WIDTHS.unit)}${verdict ?? ''}`.trimEnd();
}
