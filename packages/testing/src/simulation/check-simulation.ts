import { checkObject } from '../check.js';
import { FAULT_KINDS } from './fault-kind.js';

const ACTIONS: readonly unknown[] = [
  'calls',
  'time',
  'health',
  'ruling',
  'flush',
  'configure',
  'remake',
  'fault',
  'heal',
];

export function checkFaults(name: string, faults: unknown): void {
  if (typeof faults === 'boolean') return;
  if (!Array.isArray(faults)) throw new TypeError(`${name} must be true, false or an array of kinds`);
  for (const kind of faults) {
    if (FAULT_KINDS.includes(kind)) continue;
    throw new TypeError(`${name} has an unknown kind ${JSON.stringify(kind)}, expected: ${FAULT_KINDS.join(', ')}`);
  }
}

export function checkSchedule(name: string, schedule: unknown, processes: number): void {
  if (!Array.isArray(schedule)) throw new TypeError(`${name} must be an array of steps`);
  for (const [index, step] of schedule.entries()) {
    checkObject(`${name}[${index}]`, step, 'a step');
    const { action, process = 0 } = step as { readonly action?: unknown; readonly process?: number };
    if (!ACTIONS.includes(action)) {
      throw new TypeError(
        `${name}[${index}] has an unknown action ${JSON.stringify(action)}, expected: ${ACTIONS.join(', ')}`,
      );
    }
    if (!(Number.isInteger(process) && process >= 0 && process < processes)) {
      throw new RangeError(
        `${name}[${index}] is of process ${process}, expected: an integer from 0 to ${processes - 1}`,
      );
    }
  }
}
