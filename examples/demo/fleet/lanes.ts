import { type Mark, paint, stretches } from '../marks.js';
import type { History } from './history.js';
import type { Scene } from './scene.js';

const COLUMNS = 66;
const COLUMN_MS = 200;

/** A line for the server and one for each process, until some instant. A run that takes long is drawn closer. */
export function lanes({ startedAt, pace, health, fleet }: Scene, until: number): string[] {
  const columnMs = Math.max(COLUMN_MS * pace, (until - startedAt) / COLUMNS);
  const columns = Math.floor((until - startedAt) / columnMs);
  const instants = Array.from({ length: columns }, (_, column) => startedAt + (column + 1) * columnMs);
  const lane = (label: string, history: History<Mark>) => {
    const marks = instants.map((instant) => history.at(instant)).filter((mark) => mark !== undefined);
    const alive = marks.filter((mark) => mark !== 'killed');
    const end = alive.length < marks.length ? paint('killed', 'X killed') : '';
    return ` ${label.padEnd(11)}${stretches(alive)}${end}`;
  };
  return [
    lane('server', health),
    ...fleet.members.map(({ name, history }) => lane(name, history)),
    '            (· open, T makes the trial, ? half-open: another makes it)',
  ];
}
