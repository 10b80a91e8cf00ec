import { failureRate, shareTrips } from '@breaker/core';
import { BusyFleet } from '../../test/hearing/busy-fleet.js';

const KINDS = [
  ['shared outcomes, 5 failures in a row', {}],
  [
    'shared outcomes, half of the calls of 1 s',
    { trip: failureRate({ threshold: 0.5, windowMs: 1_000, minimumCalls: 20 }) },
  ],
  ['shared trips, quorum 3', { sharing: shareTrips({ quorum: 3 }) }],
] as const;
const FLEETS = [10, 100, 1_000];
const CALLS_PER_SECOND = 10;
const QUIET_MS = 5_000;
const LONGEST_MS = 10_000;

console.log(`What a fleet asks of its storage: ${CALLS_PER_SECOND} calls a second in each process; at first all succeed, then all fail.

| sharing | processes | quiet: operations a second and process | open for all after | updates | writes | reads | operations a process |
|---|---|---|---|---|---|---|---|`);

for (const [name, options] of KINDS) {
  for (const processes of FLEETS) console.log(await rowOf(name, processes, new BusyFleet(1, processes, options)));
}

/** What a trip costs, from the first failure until every process knows. */
async function rowOf(name: string, processes: number, fleet: BusyFleet): Promise<string> {
  await fleet.run(CALLS_PER_SECOND, 1_000);
  fleet.takeTraffic();
  await fleet.run(CALLS_PER_SECOND, QUIET_MS);
  const quiet = fleet.takeTraffic();
  fleet.world.setHealth(false, undefined);
  const isOpenForAll = () => fleet.world.stored?.state === 'open' && fleet.showing('open') === processes;
  const ms = await fleet.run(CALLS_PER_SECOND, LONGEST_MS, isOpenForAll);
  const { reads, updates, writes } = fleet.takeTraffic();
  const perSecond = (quiet.reads + quiet.updates) / (QUIET_MS / 1_000) / processes;
  const cells = [name, processes, perSecond.toFixed(2), `${ms} ms`, updates, writes, reads];
  return `| ${[...cells, ((reads + updates) / processes).toFixed(2)].join(' | ')} |`;
}
