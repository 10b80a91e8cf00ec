import { beforeEach, expect, it } from 'vitest';
import { FakeClock } from '../../test/fake-clock.js';
import { TERMS } from '../../test/fleet-records.js';
import type { Terms } from './change/change.js';
import { missingRecord } from './record.js';
import { TripReporter } from './trip-reporter.js';
import { View } from './view.js';
import { type Vote, VotesPolicy } from './votes.js';

let clock: FakeClock;
let reporter: TripReporter;
let due: number;

function report(): TripReporter {
  return new TripReporter(new View(() => clock.now(), Math.random), () => (due += 1));
}

beforeEach(() => {
  clock = new FakeClock(1_000);
  due = 0;
  reporter = report();
});

const policy = new VotesPolicy(9);
const terms: Terms = { ...TERMS, rules: { ...TERMS.rules, policy } };

/** The vote that is sent, as the storage keeps it at that time. */
function voteAt(now: number, each = reporter): Vote | undefined {
  const proposals = each.take((reason) => `era ${reason}`);
  const written = proposals.map(({ change }) => change(missingRecord(policy), now, terms));
  return written.flatMap((record) => (record.state === 'closed' ? (record.memory as readonly Vote[]) : []))[0];
}

it('a trip of this process is due at once, and told once', () => {
  reporter.ownCircuitOpened(5_000);
  expect(due).toBe(1);
  expect(voteAt(70_000)).toBeDefined();
  expect(voteAt(70_000)).toBeUndefined();
});

it('a vote counts as long as this process stays open, by the clock of the storage', () => {
  reporter.ownCircuitOpened(5_000);
  clock.advance(2_000);
  expect(voteAt(70_000)).toMatchObject({ untilAt: 73_000 });
});

it('every vote of a process has the same voter, and that of another process another', () => {
  const voters = [reporter, reporter, report()].map((each) => {
    each.ownCircuitOpened(5_000);
    return voteAt(0, each)?.voter;
  });
  expect(voters[1]).toBe(voters[0]);
  expect(voters[2]).not.toBe(voters[0]);
});

it('a vote of an epoch that is over is not cast', () => {
  reporter.ownCircuitOpened(5_000);
  reporter.viewChanged(undefined, false);
  reporter.viewChanged(undefined, true);
  expect(voteAt(70_000)).toBeUndefined();
});

it('a vote outlasts news of its own epoch', () => {
  reporter.ownCircuitOpened(5_000);
  reporter.viewChanged(undefined, false);
  expect(voteAt(70_000)).toBeDefined();
});

it('a vote is cast again where another storage takes the place, while it counts', () => {
  reporter.ownCircuitOpened(5_000);
  voteAt(70_000);
  reporter.storageChanged();
  clock.advance(4_999);
  expect(voteAt(70_000)).toMatchObject({ untilAt: 70_001 });
  reporter.storageChanged();
  clock.advance(1);
  expect(voteAt(70_000)).toBeUndefined();
});

it('nothing else is told', () => {
  reporter.storageChanged();
  expect([due, voteAt(70_000)]).toEqual([0, undefined]);
});
