import { hasPlace } from '../../src/circuit/has-place.js';
import type { Possibility } from './possibility.js';
import type { Call } from './process.js';
import { canEndHearing, canFlush, canSpeak, gather } from './reporting.js';
import type { Scene } from './scene.js';

const VERDICTS = ['success', 'failure', 'ignore'] as const;

/** What a process may do next, of itself or for its callers. */
export function deedsOf(scene: Scene, who: number): readonly Possibility[] {
  const process = scene.process(who);
  if (!process.isAlive) return [];
  const { gathered, calls, view, trial, isAsking, isReportDue, operation, wantsRead } = process;
  const isClosed = view.circuit === undefined || view.circuit.state === 'closed';
  const { rulings } = scene.bounds;
  const hasVotes = scene.settings(who).sharing.kind === 'trips';
  const deeds: Possibility[] = [];
  const add = (deed: Possibility['deed'], act: Possibility['act'], rarity?: Possibility['rarity']) =>
    deeds.push({ deed, who, rarity, act });

  if (isClosed && hasVotes) add('vote', (at) => vote(at, who), 'vote');
  if (isClosed) {
    add('succeed', (at) => gather(at, who, callNow(at, who), 'success'), 'succeed');
    add('fail', (at) => gather(at, who, callNow(at, who), 'failure'), 'fail');
  }
  calls.forEach((call, index) => {
    for (const verdict of ['success', 'failure'] as const)
      add('end a call', (at) => end(at, who, call, index, verdict));
  });
  if (!isReportDue && gathered.length > 0 && canFlush(scene, who)) add('flush', (at) => report(at, who));
  if (!isReportDue && canSpeak(scene, who)) add('speak', (at) => report(at, who));
  if (!isReportDue && canEndHearing(scene, who)) add('end the hearing', (at) => report(at, who));
  if (!isAsking && trial === undefined && !isClosed && view.circuit !== undefined && hasPlace(view.circuit, scene.time))
    add('ask', (at) => at.change(who, { isAsking: true }), 'ask');
  if (trial !== undefined) for (const verdict of VERDICTS) add('end the trial', (at) => endTrial(at, who, verdict));
  if (operation === undefined && !wantsRead && process.outage === undefined)
    add('poll', (at) => at.change(who, { wantsRead: true }), 'poll');
  for (const ruling of rulings ?? [])
    add('rule', (at) => at.change(who, { rulings: [...at.process(who).rulings, ruling] }), 'rule');
  return deeds;
}

function callNow(scene: Scene, who: number): Call {
  const { epoch, era } = scene.process(who).view.record ?? { epoch: 0 };
  return { isOfThisEpoch: true, epoch: { epoch, era } };
}

function end(scene: Scene, who: number, call: Call, index: number, verdict: 'success' | 'failure'): void {
  scene.change(who, { calls: scene.process(who).calls.filter((_, at) => at !== index) });
  gather(scene, who, call, verdict);
}

/** Its own circuit has opened. */
function vote(scene: Scene, who: number): void {
  scene.change(who, { voteUntilAt: scene.time + scene.bounds.voteMs, isVoteSent: false });
}

function report(scene: Scene, who: number): void {
  scene.change(who, { isReportDue: true });
}

/** A trial ends. Where its place is still there, the storage hears of it. */
export function endTrial(scene: Scene, who: number, verdict: (typeof VERDICTS)[number]): void {
  const { trial, settlements } = scene.process(who);
  if (trial === undefined) return;
  const { leaseId, expiresAt } = trial;
  scene.change(who, {
    trial: undefined,
    settlements: [...settlements, { leaseId, expiresAt, verdict, isSent: false }],
  });
}
