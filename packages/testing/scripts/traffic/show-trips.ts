import { BusyFleet } from '../../test/hearing/busy-fleet.js';
import { KINDS_OF_SHARING } from '../../test/traffic/kinds-of-sharing.js';
import { showRow, showTable } from './show-table.js';

const FLEETS = [10, 100, 1_000];
const CALLS_PER_SECOND = 10;
const QUIET_MS = 5_000;
const LONGEST_MS = 10_000;

/** What a trip costs, from the first failure until every process knows. */
export async function showTrips(): Promise<void> {
  showTable(`A trip: ${CALLS_PER_SECOND} calls a second in each process; at first all succeed, then all fail`, [
    'sharing',
    'processes',
    'open for all after',
    'reads',
    'changes',
    'EXECs',
    'lost',
  ]);
  for (const [name, options] of Object.entries(KINDS_OF_SHARING)) {
    for (const processes of FLEETS) showRow([name, processes, ...(await trip(new BusyFleet(1, processes, options)))]);
  }
}

async function trip(fleet: BusyFleet): Promise<(string | number)[]> {
  await fleet.run(CALLS_PER_SECOND, QUIET_MS);
  fleet.takeTraffic();
  fleet.world.failing = 1;
  const ms = await fleet.run(CALLS_PER_SECOND, LONGEST_MS, () => fleet.isOpenForAll);
  const { reads, changes, execs, lost } = fleet.takeTraffic();
  return [`${ms} ms`, reads, changes, execs, lost];
}
