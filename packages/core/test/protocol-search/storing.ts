import { hearingOpened } from '../../src/fleet/change/report.js';
import { inOneWrite } from '../../src/fleet/change/write.js';
import { readRecord } from '../../src/fleet/read-record.js';
import type { FleetRecord } from '../../src/fleet/record.js';
import { termsOfCommit } from '../../src/fleet/terms-of-commit.js';
import { deepFreeze } from '../deep-freeze.js';
import { changeOf } from './part.js';
import type { Answer, Commit } from './process.js';
import type { Application, Scene } from './scene.js';

const NO_FAULTS = {
  report: (fault: unknown) => {
    throw fault;
  },
};

/** What a storage makes of a commit. */
interface Written {
  /** `undefined` where nothing is written. */
  readonly record: FleetRecord | undefined;
  readonly openedHearing: number | undefined;
  readonly applied: readonly Application[];
}

/** Runs the real changes of a commit on what is stored. */
export function run(scene: Scene, commit: Commit, stored: FleetRecord | undefined, now: number): Written {
  const { who, name, parts } = commit;
  const settings = scene.settings(who);
  const applied: Application[] = [];
  let openedHearing: number | undefined;
  const changes = parts.map((part) => {
    const change = changeOf(part, name, settings, scene.protocol);
    return (before: FleetRecord, at: number, terms: Parameters<typeof change>[2]) => {
      const after = change(before, at, terms);
      applied.push({ part, commit, before, after, now: at });
      if (part.kind === 'report') openedHearing = hearingOpened(before, after);
      return after;
    };
  });
  const withTerms = termsOfCommit(settings, { highestEpoch: commit.highestEpoch, random: () => 0 }, NO_FAULTS);
  const change = inOneWrite(changes, withTerms);
  const record = scene.protocol.written(change)(stored, now);
  return { record: record && deepFreeze(readRecord(record)), openedHearing, applied };
}

/** A commit takes place at the shared storage. */
export function commitTo(scene: Scene, commit: Commit, base = scene.world.storage.record): Answer {
  const now = scene.storageTime;
  const { record, openedHearing, applied } = run(scene, commit, base, now);
  scene.applied.push(...applied);
  if (record !== undefined) write(scene, record);
  return { record: scene.world.storage.record, now, openedHearing };
}

function write(scene: Scene, record: FleetRecord): void {
  const { world } = scene;
  scene.store({ record, older: world.storage.record });
  const pushes = [...world.pushes, record].sort(byNumbers);
  scene.world = { ...scene.world, pushes };
}

function byNumbers(one: FleetRecord, other: FleetRecord): number {
  return one.epoch - other.epoch || one.revision - other.revision || ((one.era ?? '') < (other.era ?? '') ? -1 : 1);
}
