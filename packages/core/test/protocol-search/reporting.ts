import { hearingOf, streakIn, viewOf } from './in-step.js';
import type { Report } from './part.js';
import type { Call, Process } from './process.js';
import type { Scene } from './scene.js';
import { isFailure, streakOf } from './traced-policy.js';

/** A call has ended that a closed circuit had let pass. */
export function gather(scene: Scene, who: number, call: Call, verdict: 'success' | 'failure'): void {
  const { name, gathered, outcomes, view, isWitness } = scene.process(who);
  const { epoch, era } = call.epoch;
  scene.change(who, { outcomes: outcomes + 1 });
  if (view.circuit !== undefined && view.circuit.state !== 'closed') return;
  if (scene.settings(who).sharing.kind === 'trips') return;
  if (!scene.protocol.mayCount(call)) return;
  const knownStreak = streakIn(scene, who, view.record);
  const outcome = { name: `${name}${outcomes}@${epoch}:${era}`, verdict, at: scene.time, knownStreak };
  const saw = verdict === 'success' && call.isOfThisEpoch && knownStreak > 0 && !isHeard(scene, who);
  scene.change(who, { gathered: [...gathered, outcome], isWitness: isWitness || saw });
}

/** Whether the hearing that this process knows of is over. */
function isHeard(scene: Scene, who: number): boolean {
  const endsAt = hearingOf(scene.process(who).view.record);
  return endsAt !== undefined && scene.storageTime >= endsAt;
}

/** Whether there are failures that no success has cancelled. */
export function canFlush(scene: Scene, who: number): boolean {
  const { gathered } = scene.process(who);
  if (scene.settings(who).policy.windowMs !== undefined) return gathered.some(isFailure);
  return streakOf(gathered).length > 0;
}

/** Whether there are successes to tell while a hearing is on. */
export function canSpeak(scene: Scene, who: number): boolean {
  const process = scene.process(who);
  const endsAt = hearingOf(process.view.record);
  if (endsAt === undefined || viewOf(process, scene.time).storageTime() >= endsAt) return false;
  return process.gathered.some(({ verdict }) => verdict === 'success');
}

/** Whether the hearing is over that this process has opened. */
export function canEndHearing(scene: Scene, who: number): boolean {
  const { opened } = scene.process(who);
  return opened !== undefined && scene.time >= opened.dueAt;
}

/** What is to be reported now, once. */
export function takeReport(scene: Scene, who: number): Report | undefined {
  const process = scene.process(who);
  const { gathered, voteUntilAt, isVoteSent, name } = process;
  const epoch = viewOf(process, scene.time).epoch;
  const knownStreak = streakIn(scene, who, process.view.record);
  const at = { epoch: { epoch: epoch.epoch, era: epoch.era }, sentAt: scene.time, knownStreak };
  const report = { kind: 'report', ...at } as const;
  if (voteUntilAt !== undefined && !isVoteSent && voteUntilAt > scene.time) {
    scene.change(who, { isVoteSent: true });
    return { ...report, outcomes: [], vote: { voter: name, leftMs: voteUntilAt - scene.time } };
  }
  if (!process.isReportDue) return undefined;
  scene.change(who, { isReportDue: false, gathered: [] });
  return { ...report, outcomes: gathered, vote: undefined };
}

/** A report has been committed: the one whose report opens a hearing sees to its end. */
export function reported(scene: Scene, who: number, openedHearing: number | undefined): void {
  const process = scene.process(who);
  const endsAt = process.opened?.endsAt ?? openedHearing;
  const isOn = endsAt !== undefined && endsAt === hearingOf(process.view.record);
  scene.change(who, { opened: isOn ? { endsAt, dueAt: scene.time + leftMs(scene, process, endsAt) } : undefined });
}

function leftMs(scene: Scene, process: Process, endsAt: number): number {
  return Math.max(1, endsAt - viewOf(process, scene.time).storageTime());
}
