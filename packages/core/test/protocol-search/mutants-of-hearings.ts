import { having, type Mutant, seeing } from './mutant.js';
import { TICK } from './world.js';

export const HEARING_MUTANTS: readonly Mutant[] = [
  {
    name: 'there is no hearing',
    breaks: 'outcomes trip only once a hearing is over, and not long ago, or its clock has gone back',
    within: 'reports',
    of: having(({ report }) => ({
      report:
        (...evidence) =>
        (record, now, terms) =>
          report(...evidence)(record, now, { ...terms, hearingMs: 0 }),
    })),
  },
  {
    name: 'a hearing of long ago is good for ever',
    breaks: 'outcomes trip only once a hearing is over, and not long ago, or its clock has gone back',
    within: 'a hearing whose opener dies',
    of: having(({ report }) => ({
      report: (...evidence) =>
        seeing(
          (record, now) => {
            if (record.state !== 'closed' || record.hearingEndsAt === undefined || now < record.hearingEndsAt)
              return record;
            return { ...record, hearingEndsAt: now };
          },
          report(...evidence),
        ),
    })),
  },
  {
    name: 'a hearing never ends',
    breaks: 'where every call fails, the fleet opens within three hearings',
    within: 'a hearing where everybody is heard',
    of: having(({ report }) => ({
      report: (...evidence) =>
        seeing(
          (record, now) => {
            if (record.state !== 'closed' || record.hearingEndsAt === undefined) return record;
            return { ...record, hearingEndsAt: Math.max(record.hearingEndsAt, now + TICK) };
          },
          report(...evidence),
        ),
    })),
  },
  {
    name: 'nobody listens to witnesses',
    breaks: 'the failures of one process never trip a fleet in which somebody who is heard has a success',
    within: 'a hearing where everybody is heard',
    of: having(({ report }) => ({
      report: ({ tallies, ...evidence }, ...rest) =>
        report({ ...evidence, tallies: tallies.map((tally) => ({ ...tally, successes: 0 })) }, ...rest),
    })),
  },
  {
    name: 'a process can vote twice',
    breaks: 'votes trip at as many live ones as the quorum, from different voters',
    within: 'votes',
    of: having(({ report }) => ({
      report: ({ tallies, vote }, epoch, era) =>
        report({ tallies, vote: vote && ((now) => ({ ...vote(now), voter: `${vote(now).voter}${era}` })) }, epoch, era),
    })),
  },
  {
    name: 'successes of before the streak speak against it',
    breaks: 'who knows of a streak keeps no success of before it',
    within: 'reports',
    of: having(() => ({ fitting: (gathered) => gathered })),
  },
];
