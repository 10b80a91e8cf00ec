import type { Fleet } from './fleet.js';
import type { Member } from './member.js';

/** What became of the calls, of each process and of all. */
export function table(fleet: Fleet): string[] {
  const { members } = fleet;
  const row = (label: string, count: (member: Member) => number) =>
    line(label, [...members.map(count), fleet.sum(count)]);
  return [
    line('', [...members.map(({ name }) => name), 'all']),
    row('calls answered', ({ answered }) => answered),
    row('calls failed', ({ failed }) => failed),
    row('calls rejected at once', ({ rejected }) => rejected),
    row('calls cut off', ({ cutOff }) => cutOff),
    row('trials', ({ trials }) => trials.length),
  ];
}

function line(label: string, cells: readonly (string | number)[]): string {
  return ` ${label.padEnd(24)}${cells.map((cell) => String(cell).padStart(11)).join('')}`;
}
