import { styleText } from 'node:util';
import type { CircuitState } from '@breaker/core';
import type { Health } from './server.js';

/** A column of the timeline. */
export interface Moment {
  readonly health: Health;
  readonly state: CircuitState;
  readonly waiting: readonly [withBreaker: number, without: number];
}

type Mark = Health | CircuitState;

const MARKS: Readonly<Record<Mark, readonly [fill: string, colour: 'green' | 'yellow' | 'red']>> = {
  healthy: ['─', 'green'],
  slow: ['~', 'yellow'],
  failing: ['x', 'red'],
  recovering: ['+', 'yellow'],
  closed: ['─', 'green'],
  'half-open': ['?', 'yellow'],
  open: ['·', 'red'],
  isolated: ['!', 'red'],
  disabled: ['_', 'yellow'],
};
const BARS = '▁▂▃▄▅▆▇█';

/** The run, drawn with characters: no colour is needed to read it. */
export function timeline(moments: readonly Moment[]): string[] {
  const most = Math.max(BARS.length, ...moments.flatMap(({ waiting }) => waiting));
  const bar = (waiting: number) => BARS[Math.round((waiting / most) * (BARS.length - 1))];
  return [
    ` server            ${stretches(moments.map(({ health }) => health))}`,
    ` circuit           ${stretches(moments.map(({ state }) => state))}`,
    ` waiting, with     ${moments.map(({ waiting }) => bar(waiting[0])).join('')}`,
    ` waiting, without  ${moments.map(({ waiting }) => bar(waiting[1])).join('')}`,
    '                   (· open, ? half-open: trials only; bars: callers waiting)',
  ];
}

/** Each stretch has its name on it, where there is room. */
function stretches(marks: readonly Mark[]): string {
  let text = '';
  for (let from = 0, to = 0; from < marks.length; from = to) {
    const mark = marks[from] as Mark;
    while (marks[to] === mark) to++;
    const name = to - from > mark.length + 1 ? `|${mark} ` : '';
    text += paint(mark, name.padEnd(to - from, MARKS[mark][0]));
  }
  return text;
}

export function paint(mark: Mark, text: string = mark): string {
  return process.stdout.isTTY && process.stdout.hasColors() ? styleText(MARKS[mark][1], text) : text;
}
