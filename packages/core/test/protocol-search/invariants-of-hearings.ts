import { failuresIn } from '../../src/circuit/closed.js';
import type { Invariants } from './invariants.js';
import { failuresOf } from './invariants-of-epochs.js';
import type { Step } from './step.js';

export const HEARING_INVARIANTS: Invariants = {
  'outcomes trip only once a hearing is over, and not long ago, or its clock has gone back': (step, { settings }) =>
    trips(step).every(({ commit: { who }, before, now }) => {
      const sharing = settings[who]?.sharing;
      if (sharing?.kind !== 'outcomes' || sharing.hearingMs === 0 || before.state !== 'closed') return true;
      if (before.hearingEndsAt === undefined) return false;
      if (now < before.changedAt - 1_000) return true;
      return now >= before.hearingEndsAt && now - before.hearingEndsAt <= 10 * sharing.hearingMs;
    }),

  'the failures of one process never trip a fleet in which somebody who is heard has a success': (step, bounds) =>
    bounds.isPrompt !== true ||
    trips(step).every(({ before }) => {
      const blamed = new Set(failuresOf(before).map((name) => name[0]));
      const witnesses = step.before.processes.filter(({ isAlive, isWitness }) => isAlive && isWitness);
      return blamed.size !== 1 || witnesses.every(({ name }) => blamed.has(name));
    }),

  'who knows of a streak keeps no success of before it': ({ after: { processes } }, { settings }) =>
    processes.every(({ gathered, view: { record } }, who) => {
      const policy = settings[who]?.policy;
      if (record?.state !== 'closed' || policy === undefined || policy.windowMs !== undefined) return true;
      if (failuresIn(record, 0, policy) === 0) return true;
      return gathered.every(({ verdict, knownStreak }) => verdict === 'failure' || knownStreak > 0);
    }),

  'votes trip at as many live ones as the quorum, from different voters': (step, { settings }) =>
    trips(step).every(({ commit: { who }, before, part, now }) => {
      const sharing = settings[who]?.sharing;
      if (sharing?.kind !== 'trips' || part.kind !== 'report' || before.state !== 'closed') return true;
      const others =
        before.policyKey === 'votes' ? (before.memory as readonly { voter: string; untilAt: number }[]) : [];
      const live = others.filter(({ voter, untilAt }) => voter[0] !== part.vote?.voter[0] && untilAt > now);
      return new Set(live.map(({ voter }) => voter[0])).size + 1 >= sharing.quorum;
    }),
};

function trips({ applied }: Step): Step['applied'] {
  return applied.filter(({ part, after }) => part.kind === 'report' && after.state === 'open');
}
