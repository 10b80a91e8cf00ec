import { having, type Mutant } from './mutant.js';

export const FENCE_MUTANTS: readonly Mutant[] = [
  {
    name: 'a report is not fenced',
    breaks: 'a report of another epoch changes nothing',
    within: 'late results',
    of: having(({ report }) => ({
      report: (evidence, _epoch, era) => (record, now, terms) => report(evidence, record, era)(record, now, terms),
    })),
  },
  {
    name: 'a report is fenced by the number of the epoch alone',
    breaks: 'a report of another epoch changes nothing',
    within: 'a fail-over among reports',
    of: having(({ report }) => ({
      report:
        (evidence, { epoch }, era) =>
        (record, now, terms) =>
          report(evidence, { epoch, era: record.era }, era)(record, now, terms),
    })),
  },
  {
    name: 'late results count',
    breaks: 'no outcome counts in another era than its own',
    within: 'calls that outlive a round, and pushes',
    of: having(() => ({ mayCount: () => true })),
  },
  {
    name: 'what was gathered is kept when a new epoch begins',
    breaks: 'no outcome counts in another era than its own',
    within: 'a fail-over among reports',
    of: having(() => ({ leftOver: (gathered) => gathered })),
  },
  {
    name: 'outcomes whose report is in doubt are sent again',
    breaks: 'a record remembers no outcome twice',
    within: 'reports in doubt, and nothing stored at first',
    of: having(() => ({ inDoubt: (outcomes) => outcomes })),
  },
  {
    name: 'a new epoch follows the stored one, whatever was seen',
    breaks: 'a new epoch is above all that its maker has seen',
    within: 'a fail-over among reports',
    of: having(() => ({ highestEpoch: () => 0 })),
  },
  {
    name: 'every era has the same id',
    breaks: 'an epoch and era are begun once',
    within: 'a fail-over among reports',
    of: having(() => ({ draw: () => 'same' })),
  },
  {
    name: 'a ruling that changes nothing begins an epoch',
    breaks: 'only a change of state, or a close, begins an epoch',
    within: 'rulings in doubt',
    of: having(({ force }) => ({
      force: (ruling, era) => (record, now, terms) => {
        const after = force(ruling, era)(record, now, terms);
        return after === record ? { ...record, epoch: record.epoch + 1, era } : after;
      },
    })),
  },
  {
    name: 'to close what is closed begins no epoch',
    breaks: 'only a change of state, or a close, begins an epoch',
    within: 'rulings in doubt',
    of: having(({ force }) => ({
      force: (ruling, era) => (record, now, terms) =>
        ruling.type === 'close' && record.state === 'closed' ? record : force(ruling, era)(record, now, terms),
    })),
  },
  {
    name: 'a trial that succeeds closes a circuit that is open',
    breaks: 'only legal changes of state happen',
    within: 'leases and settlements, two places',
    of: having(({ settle, force }) => ({
      settle:
        (leaseId, verdict, era = '') =>
        (record, now, terms) =>
          record.state === 'open' && verdict === 'success'
            ? force({ type: 'close' }, era)(record, now, terms)
            : settle(leaseId, verdict, era)(record, now, terms),
    })),
  },
];
