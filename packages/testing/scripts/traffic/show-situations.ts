import { KINDS_OF_SHARING } from '../../test/traffic/kinds-of-sharing.js';
import { CALLS_PER_SECOND, simulateSituations } from '../../test/traffic/situations.js';
import { RATES, showRates } from './show-rates.js';
import { showRow, showTable } from './show-table.js';

const FLEETS = [2, 8, 32, 1_000];

/** What fleets ask of their storage, whatever befalls what they call: as `pnpm costs fleets` measures it. */
export async function showSituations(): Promise<void> {
  showTable(`Every situation: ${CALLS_PER_SECOND} calls a second in each process`, [
    'sharing',
    'processes',
    'situation',
    ...RATES,
    'degraded',
  ]);
  for (const [name, options] of Object.entries(KINDS_OF_SHARING)) {
    for (const processes of FLEETS) {
      for await (const { situation, rates, degraded } of simulateSituations(processes, options)) {
        showRow([name, processes, situation, ...showRates(rates), degraded]);
      }
    }
  }
}
