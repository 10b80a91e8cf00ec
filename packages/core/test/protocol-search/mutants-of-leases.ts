import type { FleetRecord } from '../../src/fleet/record.js';
import { having, type Mutant, seeing } from './mutant.js';
import { TICK } from './world.js';

export const LEASE_MUTANTS: readonly Mutant[] = [
  {
    name: 'a settlement needs no lease',
    breaks: 'a settlement uses up its own lease, once, and changes nothing where that is gone',
    within: 'leases and settlements, one place',
    of: having(({ settle }) => ({
      settle: (id, verdict, era) => seeing((record) => holding(record, id), settle(id, verdict, era)),
    })),
  },
  {
    name: 'a lease belongs to a process, not to a trial',
    breaks: 'a settlement uses up its own lease, once, and changes nothing where that is gone',
    within: 'leases in doubt',
    of: having(({ settle, acquire }) => ({
      acquire:
        (id, ...rest) =>
        (record, now, terms) =>
          renamed(acquire(idOfProcess(id), ...rest)(record, now, terms), id),
      settle: (id, ...rest) => seeing((record) => asOneOf(record, id), settle(id, ...rest)),
    })),
  },
  {
    name: 'a success frees the place of another',
    breaks: 'a settlement uses up its own lease, once, and changes nothing where that is gone',
    within: 'leases and settlements, two places',
    of: having(({ settle }) => ({
      settle:
        (...trial) =>
        (record, now, terms) => {
          const after = settle(...trial)(record, now, terms);
          return after !== record && after.state === 'half-open' ? { ...after, leases: [] } : after;
        },
    })),
  },
  {
    name: 'one success is enough',
    breaks: 'a success of a round counts one, and closes at as many as it needs, no fewer and no more',
    within: 'leases and settlements, two places',
    of: having(({ settle }) => ({
      settle: (...trial) => seeing((record) => tampered(record, { need: 1 }), settle(...trial)),
    })),
  },
  {
    name: 'a trial that fails only gives its place back',
    breaks: 'a failed trial opens the circuit at once',
    within: 'leases and settlements, one place',
    of: having(({ settle }) => ({
      settle: (id, verdict, era) => settle(id, verdict === 'failure' ? 'ignore' : verdict, era),
    })),
  },
  {
    name: 'a round has one place too many',
    breaks: 'a record never holds more live leases than places',
    within: 'leases and settlements, one place',
    of: having(({ acquire }) => ({
      acquire:
        (...lease) =>
        (record, now, terms) => {
          if (record.state !== 'half-open') return acquire(...lease)(record, now, terms);
          const { limit } = record;
          const seen = tampered(record, { limit: limit + 1 });
          const after = acquire(...lease)(seen, now, terms);
          return after === seen ? record : tampered(after, { limit });
        },
    })),
  },
  {
    name: 'who finds every place taken takes the oldest',
    breaks: 'a live lease goes only with its own trial, with its round, or with a step of the clock',
    within: 'leases and settlements, one place',
    of: having(({ acquire }) => ({
      acquire:
        (...lease) =>
        (record, now, terms) => {
          const after = acquire(...lease)(record, now, terms);
          if (after !== record || record.state !== 'half-open') return after;
          return acquire(...lease)(tampered(record, { leases: record.leases.slice(1) }), now, terms);
        },
    })),
  },
  {
    name: 'lapsed leases keep their places',
    breaks: 'once faults stop, time and successful calls alone lead back to closed',
    within: 'a holder that dies',
    of: having(({ acquire }) => ({
      acquire: (...lease) =>
        seeing(
          (record) => {
            if (record.state !== 'half-open') return record;
            const leases = record.leases.map(({ id }) => ({ id, expiresAt: Number.MAX_SAFE_INTEGER }));
            return leases.length < record.limit ? record : { ...record, leases };
          },
          acquire(...lease),
        ),
    })),
  },
  {
    name: 'a circuit is due a tick too early',
    breaks: 'an open circuit becomes half-open only when the storage says that it is due, or by hand',
    within: 'steps of the clock among leases',
    of: having(({ acquire }) => ({
      acquire: (...lease) =>
        seeing(
          (record) => (record.state === 'open' ? { ...record, openUntilAt: record.openUntilAt - TICK } : record),
          acquire(...lease),
        ),
    })),
  },
  {
    name: 'a deadline is counted from the answer',
    breaks: 'no more trials of a round run than it has places, times one plus what the storage has lost',
    within: 'leases and settlements, one place',
    of: having(() => ({ deadlineAt: (_askedAt, answeredAt, trialTimeoutMs) => answeredAt + trialTimeoutMs })),
  },
];

function tampered(record: FleetRecord, facts: object): FleetRecord {
  return record.state === 'half-open' ? { ...record, ...facts } : record;
}

function holding(record: FleetRecord, id: string): FleetRecord {
  if (record.state !== 'half-open' || record.leases.some((lease) => lease.id === id)) return record;
  return { ...record, leases: [...record.leases, { id, expiresAt: 0 }] };
}

function idOfProcess(id: string): string {
  return id.charAt(0);
}

/** Gives the lease of a process the name by which this search knows it. */
function renamed(record: FleetRecord, id: string): FleetRecord {
  if (record.state !== 'half-open') return record;
  return { ...record, leases: record.leases.map((lease) => (lease.id === idOfProcess(id) ? { ...lease, id } : lease)) };
}

/** Takes any lease of the same process for this one. */
function asOneOf(record: FleetRecord, id: string): FleetRecord {
  if (record.state !== 'half-open') return record;
  const own = record.leases.find((lease) => idOfProcess(lease.id) === idOfProcess(id));
  return own === undefined
    ? record
    : { ...record, leases: record.leases.map((each) => (each === own ? { ...each, id } : each)) };
}
