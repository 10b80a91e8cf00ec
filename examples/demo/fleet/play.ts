import { setTimeout as sleep } from 'node:timers/promises';
import type { Health } from '../server.js';
import type { RunningServer } from '../start-server.js';
import type { Fleet } from './fleet.js';
import type { Member } from './member.js';
import { now } from './news.js';
import type { StoredCircuit } from './redis/stored-circuit.js';
import type { Scene } from './scene.js';

/** What nobody on the scene can know. */
export interface Outcome {
  readonly callsWhileWell: number;
  readonly writesWhileWell: number;
  readonly writes: number;
  readonly requests: number;
}

/** Takes the server and its callers through good times and bad. */
export async function play(scene: Scene, server: RunningServer, circuit: StoredCircuit): Promise<Outcome> {
  const { fleet, health, pace, tell } = scene;
  const pass = (ms: number) => sleep(ms * pace);
  const become = (next: Health, news: string) => {
    server.become(next);
    health.become(next, now());
    tell(`server ${next}: ${news}`);
  };

  become('healthy', 'it answers');
  fleet.begin();
  await pass(3_000);
  const callsWhileWell = fleet.calls;
  const writesWhileWell = await circuit.writes();

  become('refusing', 'it answers 503');
  await fleet.untilAllAre('open');
  await pass(1_000);

  become('hanging', 'it takes requests, and never answers');
  const holder = await holderFor(fleet, 1_000 * pace);
  await holder.kill();
  tell(`${holder.name} killed (kill -9 ${holder.pid}), in the middle of the trial`);
  await pass(1_000);

  become('warming', 'it answers slowly');
  await fleet.untilAllAre('closed');
  await pass(500);
  become('healthy', 'it answers');
  await pass(2_000);

  await fleet.end();
  return { callsWhileWell, writesWhileWell, writes: await circuit.writes(), requests: await server.load() };
}

/** A process that has been in its trial for a while. */
async function holderFor(fleet: Fleet, ms: number): Promise<Member> {
  for (;;) {
    const holder = await fleet.trialHolder();
    await sleep(ms);
    if (holder.isInTrial) return holder;
  }
}
