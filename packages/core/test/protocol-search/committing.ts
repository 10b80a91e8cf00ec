import type { FleetRecord } from '../../src/fleet/record.js';
import { takeIn, viewOf } from './in-step.js';
import type { Part } from './part.js';
import type { Answer, Commit, Outcome, Process } from './process.js';
import { reported, takeReport } from './reporting.js';
import type { Scene } from './scene.js';
import { run } from './storing.js';

/** Marks what a process does alone: none of it may ever reach the storage. */
export const ALONE = '~';

/** Sends what waits, one operation at a time; a process that is alone has its answer at once. */
export function pump(scene: Scene, who: number): void {
  for (;;) {
    const { isAlive, operation, wantsRead, view, outage } = scene.process(who);
    if (!isAlive || operation !== undefined) return;
    const commit = wantsRead && !view.isKnown ? undefined : takeCommit(scene, who);
    if (commit === undefined || outage === undefined) {
      if (commit !== undefined || wantsRead) send(scene, who, commit);
      return;
    }
    commitAlone(scene, who, commit);
  }
}

function send(scene: Scene, who: number, commit: Commit | undefined): void {
  const operation = { commit, hasMoved: false, answer: undefined };
  scene.change(who, commit === undefined ? { operation, wantsRead: false } : { operation });
}

/** Everything that waits to be committed; `undefined` where nothing does. */
function takeCommit(scene: Scene, who: number): Commit | undefined {
  const { name, lesson, rulings, outage, commits, view } = scene.process(who);
  const isGiven = view.record?.state === 'open' || view.record?.state === 'half-open';
  const { isAsking: wasAsking } = scene.process(who);
  const isAsking = wasAsking && isGiven;
  if (isAsking !== wasAsking) scene.change(who, { isAsking });
  const commitName = `${name}${commits}${outage === undefined ? '' : ALONE}`;
  const parts: Part[] = lesson === undefined ? [] : [{ kind: 'teach', lesson }];
  parts.push(...takeSettlements(scene, who));
  const report = takeReport(scene, who);
  if (report !== undefined) parts.push(outage === undefined ? report : { ...report, outcomes: alone(report.outcomes) });
  if (isAsking) {
    parts.push({ kind: 'teach', lesson: view.record as FleetRecord });
    parts.push({ kind: 'acquire', leaseId: commitName });
  }
  parts.push(...rulings.map((ruling) => ({ kind: 'force', ruling }) as const));
  if (parts.length === 0) return undefined;
  scene.change(who, { lesson: undefined, rulings: [], commits: commits + 1 });
  const highestEpoch = scene.protocol.highestEpoch(view);
  const seenEpoch = view.highestEpoch;
  return {
    name: commitName,
    who,
    parts,
    highestEpoch,
    seenEpoch,
    askedAt: scene.time,
    hasLesson: lesson !== undefined,
  };
}

function alone(outcomes: readonly Outcome[]): readonly Outcome[] {
  return outcomes.map((outcome) => ({ ...outcome, name: `${outcome.name}${ALONE}` }));
}

function takeSettlements(scene: Scene, who: number): readonly Part[] {
  const process = scene.process(who);
  const view = viewOf(process, scene.time);
  const due = process.settlements.filter(({ leaseId, isSent }) => !isSent && view.holds(leaseId));
  if (due.length === 0) return [];
  const settlements = process.settlements.map((each) => (due.includes(each) ? { ...each, isSent: true } : each));
  scene.change(who, { settlements });
  return due.map(({ leaseId, expiresAt, verdict }) => ({ kind: 'settle', leaseId, expiresAt, verdict }));
}

function commitAlone(scene: Scene, who: number, commit: Commit): void {
  const process = scene.process(who);
  const now = viewOf(process, scene.time).storageTime();
  const stored = process.outage?.record;
  const { record = stored, openedHearing } = run(scene, commit, stored, now);
  changeOutage(scene, who, { record });
  committed(scene, who, commit, { record, now, openedHearing }, false);
  const ruling = commit.parts.findLast((part) => part.kind === 'force');
  if (ruling === undefined) return;
  const { epoch, era } = viewOf(scene.process(who), scene.time).epoch;
  changeOutage(scene, who, { ruled: { by: ruling.ruling, epoch: { epoch, era } } });
}

function changeOutage(scene: Scene, who: number, facts: Partial<NonNullable<Process['outage']>>): void {
  const { outage } = scene.process(who);
  if (outage !== undefined) scene.change(who, { outage: { ...outage, ...facts } });
}

/** A commit was answered. */
export function committed(scene: Scene, who: number, commit: Commit, answer: Answer, hasMoved: boolean): void {
  const base = scene.process(who).view.record;
  takeIn(scene, who, answer, { base, hasMoved, hasTaught: commit.hasLesson });
  if (commit.parts.some(({ kind }) => kind === 'report')) reported(scene, who, answer.openedHearing);
  if (commit.parts.some(({ kind }) => kind === 'acquire')) takeLease(scene, who, commit);
}

function takeLease(scene: Scene, who: number, { name, askedAt }: Commit): void {
  const { record } = scene.process(who).view;
  const { protocol, time } = scene;
  const lease = record?.state === 'half-open' ? record.leases.find(({ id }) => id === name) : undefined;
  const deadlineAt = protocol.deadlineAt(askedAt, time, scene.settings(who).trialTimeoutMs);
  const isOfUse = lease !== undefined && time < deadlineAt;
  const trial = isOfUse ? { leaseId: name, expiresAt: lease.expiresAt, deadlineAt, era: record?.era } : undefined;
  scene.change(who, { isAsking: false, trial });
}
