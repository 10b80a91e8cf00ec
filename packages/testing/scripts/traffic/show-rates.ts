import type { Rates } from '../../test/traffic/rates.js';

export const RATES = ['reads/s', 'changes/s', 'EXECs/s', 'lost/s', 'bytes/s'];

export function showRates({ reads, changes, execs, lost, bytes }: Rates): string[] {
  return [reads, changes, execs, lost, bytes].map(shown);
}

/** As many digits as mean something. */
function shown(value: number): string {
  return Number.isInteger(value) || value >= 100 ? String(Math.round(value)) : value.toPrecision(3);
}
