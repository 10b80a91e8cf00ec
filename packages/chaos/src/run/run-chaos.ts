import { Fleet } from '../fleet/fleet.js';
import { checkHistory } from '../history/check-history.js';
import type { HistoryEvent } from '../history/history-event.js';
import type { Violation } from '../history/violation.js';
import { startServers } from '../servers/servers.js';
import { type Burst, drawBurst, FIRST_BURST } from './burst.js';
import { Dice } from './dice.js';
import { drawBreaker } from './draw-breaker.js';
import type { Scene } from './fault.js';
import { faultsOn } from './faults/all-faults.js';
import { gather } from './gather.js';
import type { Plan } from './plan.js';
import { RunningFaults } from './running-faults.js';

const MINUTE_MS = 60_000;

/** What came of a chaos run. */
export interface Outcome {
  /** Where the history lies. */
  readonly folder: string;
  readonly history: readonly HistoryEvent[];
  readonly violations: readonly Violation[];
}

/**
 * Lets a fleet live through one burst of faults after another, and come together in between; then checks all that was written down.
 *
 * @param show - is told what happens, line by line
 */
export async function runChaos(plan: Plan, show: (line: string) => void): Promise<Outcome> {
  const endsAt = performance.now() + plan.minutes * MINUTE_MS;
  const dice = new Dice(plan.seed);
  const breaker = drawBreaker(dice);
  show(
    `seed ${plan.seed}: ${plan.processes} processes, servers: ${plan.servers}, breakers: ${JSON.stringify(breaker)}`,
  );
  const servers = await startServers(plan.servers);
  try {
    const fleet = await Fleet.start({ servers, processes: plan.processes, breaker, flows: 3, pauseMs: 10 });
    try {
      const scene = { fleet, servers, dice };
      await goThrough(FIRST_BURST, scene, show);
      while (performance.now() < endsAt) await goThrough(drawBurst(scene), scene, show);
      await fleet.end();
    } finally {
      await fleet.stop();
    }
    const history = fleet.history();
    return { folder: fleet.folder, history, violations: checkHistory(history) };
  } finally {
    await servers.stop();
  }
}

async function goThrough({ name, run }: Burst, scene: Scene, show: (line: string) => void): Promise<void> {
  const seen: string[] = [];
  const faults = new RunningFaults(scene, (what) => seen.push(what));
  await run(scene, faults, faultsOn(scene.servers.kind));
  await faults.endAll();
  const tookMs = await gather(scene.fleet);
  const end = tookMs === undefined ? 'NOT together again' : `together again after ${Math.round(tookMs)} ms`;
  show(`${name}${seen.length > 0 ? `: ${seen.join(', ')}` : ''}; ${end}`);
}
