import { styleText } from 'node:util';
import type { CircuitState } from '@breaker/core';
import type { Health } from './server.js';

/** What a place in a timeline stands for. */
export type Mark = Health | CircuitState | 'trial' | 'killed';

const LOOKS: Readonly<Record<Mark, readonly [fill: string, colour: 'green' | 'yellow' | 'red' | 'cyan']>> = {
  healthy: ['─', 'green'],
  slow: ['~', 'yellow'],
  failing: ['x', 'red'],
  refusing: ['x', 'red'],
  hanging: ['.', 'red'],
  warming: ['+', 'yellow'],
  recovering: ['+', 'yellow'],
  closed: ['─', 'green'],
  'half-open': ['?', 'yellow'],
  open: ['·', 'red'],
  isolated: ['!', 'red'],
  disabled: ['_', 'yellow'],
  trial: ['T', 'cyan'],
  killed: ['X', 'red'],
};

/** A line of a timeline, drawn with characters: no colour is needed to read it. Each stretch has its name on it, where there is room. */
export function stretches(marks: readonly Mark[]): string {
  let text = '';
  for (let from = 0, to = 0; from < marks.length; from = to) {
    const mark = marks[from] as Mark;
    while (marks[to] === mark) to++;
    const name = to - from > mark.length + 1 ? `|${mark} ` : '';
    text += paint(mark, name.padEnd(to - from, LOOKS[mark][0]));
  }
  return text;
}

export function paint(mark: Mark, text: string = mark): string {
  return process.stdout.isTTY && process.stdout.hasColors() ? styleText(LOOKS[mark][1], text) : text;
}
