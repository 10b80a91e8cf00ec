import { failuresIn } from '../../src/circuit/closed.js';
import { type FleetRecord, isSameEpoch } from '../../src/fleet/record.js';
import { isHeld, View } from '../../src/fleet/view.js';
import type { Answer, Process } from './process.js';
import type { Scene } from './scene.js';

/** The real view, as the process has it. */
export function viewOf({ view }: Process, time: number): View {
  const real = new View(
    () => time,
    () => 0,
  );
  real.record = view.record;
  real.circuit = view.circuit;
  real.isKnown = view.isKnown;
  real.highestEpoch = view.highestEpoch;
  real.setStorageTime(time + view.aheadMs);
  return real;
}

/** Takes over a record, or that there is none. */
export function adopt(scene: Scene, who: number, record: FleetRecord | undefined): void {
  const process = scene.process(who);
  const view = viewOf(process, scene.time);
  view.adopt(record);
  const hasNewEpoch = view.generation > 0;
  const operation = process.operation && { ...process.operation, hasMoved: true };
  const { circuit, isKnown, highestEpoch } = view;
  const { aheadMs } = process.view;
  scene.change(who, { view: { record, circuit, isKnown, highestEpoch, aheadMs }, operation });
  noteChange(scene, who, process, hasNewEpoch);
  const left = process.outage?.left;
  const settlements = process.settlements.filter(({ leaseId }) => view.holds(leaseId) || isHeld(left, leaseId));
  scene.change(who, { settlements });
}

/** What a change of the view is to what was gathered, and to the hearing. */
function noteChange(scene: Scene, who: number, before: Process, hasNewEpoch: boolean): void {
  const { record } = scene.process(who).view;
  const { gathered, calls, opened, isWitness } = before;
  const hasStreakBegun = isStreakNew(scene, who, before.view.record, record);
  if (hasNewEpoch) {
    scene.change(who, {
      gathered: scene.protocol.leftOver(gathered),
      calls: calls.map((call) => ({ ...call, isOfThisEpoch: false })),
      isReportDue: false,
      voteUntilAt: undefined,
      isVoteSent: false,
      opened: undefined,
    });
  } else if (hasStreakBegun) scene.change(who, { gathered: scene.protocol.fitting(gathered) });
  if (opened !== undefined && hearingOf(record) !== opened.endsAt) scene.change(who, { opened: undefined });
  if (isWitness && (hasStreakBegun || !isSameEra(before.view.record, record))) scene.change(who, { isWitness: false });
}

/** For failures in a row: whether the fleet's row has begun, or has shrunk. */
function isStreakNew(
  scene: Scene,
  who: number,
  before: FleetRecord | undefined,
  after: FleetRecord | undefined,
): boolean {
  if (scene.settings(who).policy.windowMs !== undefined) return false;
  const was = streakIn(scene, who, before);
  const is = streakIn(scene, who, after);
  return is < was || (is > 0 && was === 0);
}

export function streakIn(scene: Scene, who: number, record: FleetRecord | undefined): number {
  return record?.state === 'closed' ? failuresIn(record, 0, scene.settings(who).policy) : 0;
}

export function hearingOf(record: FleetRecord | undefined): number | undefined {
  return record?.state === 'closed' ? record.hearingEndsAt : undefined;
}

function isSameEra(before: FleetRecord | undefined, after: FleetRecord | undefined): boolean {
  return isSameEpoch(before ?? { epoch: 0 }, after ?? { epoch: 0 });
}

/** What a process knew when it asked, and what has changed since. */
interface Question {
  readonly base: FleetRecord | undefined;
  readonly hasMoved: boolean;
  /** Whether it has just taught the storage. */
  readonly hasTaught?: boolean;
}

/** Takes in what the storage answered. */
export function takeIn(scene: Scene, who: number, answer: Answer, { base, hasMoved, hasTaught }: Question): void {
  setStorageTime(scene, who, answer.now);
  switch (scene.protocol.reconcile(base, answer.record, hasMoved, answer.now)) {
    case 'adopt':
      adopt(scene, who, answer.record);
      break;
    case 'ask-again':
      scene.change(who, { wantsRead: true });
      break;
    case 'teach':
      adopt(scene, who, base);
      if (hasTaught !== true) scene.change(who, { lesson: base });
  }
}

function setStorageTime(scene: Scene, who: number, now: number): void {
  const { view } = scene.process(who);
  scene.change(who, { view: { ...view, aheadMs: now - scene.time } });
}

/** Takes a hint of what was written. */
export function hear(scene: Scene, who: number, pushed: FleetRecord): boolean {
  const { isAlive, outage, view } = scene.process(who);
  if (!isAlive || outage !== undefined || !scene.protocol.believes(view, pushed)) return false;
  adopt(scene, who, pushed);
  return true;
}
