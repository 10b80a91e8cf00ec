import type { HalfOpenCircuit } from '../../src/circuit/half-open.js';
import { always, half, type Mutant, tampered, when } from './mutant.js';

type Facts = Partial<HalfOpenCircuit>;

/** Carries facts of a round along while it is open, into the next round. */
function carryingOver(carry: (from: Facts, to: Facts) => Facts): Mutant['of'] {
  return always((before, after) => {
    const isOver = before.state === 'half-open' && after.state === 'open';
    const isNext = before.state === 'open' && after.state === 'half-open';
    return isOver || isNext ? tampered(after, carry(before as Facts, after as Facts)) : after;
  });
}

export const ROUND_MUTANTS: readonly Mutant[] = [
  {
    name: 'one success too few closes it',
    breaks: 'trials close the circuit at as many successes as it needs, no fewer and no more',
    of: when('half-open', 'trial-succeeded', ({ circuit, real }) => {
      const { need } = circuit;
      return half(real({ circuit: { ...circuit, need: need - 1 } }), { need });
    }),
  },
  {
    name: 'it takes one success too many to close it',
    breaks: 'trials close the circuit at as many successes as it needs, no fewer and no more',
    of: when('half-open', 'trial-succeeded', ({ circuit, real }) => {
      const { need } = circuit;
      return half(real({ circuit: { ...circuit, need: need + 1 } }), { need });
    }),
  },
  {
    name: 'a failed trial only frees its place',
    breaks: 'a failed trial opens the circuit at once',
    of: when('half-open', 'trial-failed', ({ event, real }) => real({ event: { ...event, type: 'trial-ignored' } })),
  },
  {
    name: 'a trial that fails at its deadline only frees its place',
    breaks: 'a failed trial opens the circuit at once',
    of: when('half-open', 'trial-failed', ({ circuit, event, now, real }) => {
      const isLapsed = circuit.leases.some(({ id, expiresAt }) => id === event.leaseId && expiresAt <= now);
      return isLapsed ? real({ event: { ...event, type: 'trial-ignored' } }) : real();
    }),
  },
  {
    name: 'an ignored trial counts as a failure',
    breaks: 'only legal changes of state happen',
    of: when('half-open', 'trial-ignored', ({ event, real }) => real({ event: { ...event, type: 'trial-failed' } })),
  },
  {
    name: 'an ignored trial counts as a success',
    breaks: 'only legal changes of state happen',
    of: when('half-open', 'trial-ignored', ({ event, real }) => real({ event: { ...event, type: 'trial-succeeded' } })),
  },
  {
    name: 'an ignored trial takes the successes of others with it',
    breaks: 'an ignored outcome changes nothing but its lease',
    of: when('half-open', 'trial-ignored', ({ circuit, real }) =>
      real() === circuit ? circuit : half(real(), { successes: 0 }),
    ),
  },
  {
    name: 'the places are those that maxTrials allows now',
    breaks: 'there are never more live leases than places',
    of: when('half-open', 'call', ({ circuit, rules, real }) => {
      const { limit } = circuit;
      const now = tampered(circuit, { limit: rules.maxTrials });
      const after = real({ circuit: now });
      return after === now ? circuit : half(after, { limit });
    }),
  },
  {
    name: 'the successes needed are those that successThreshold says now',
    breaks: 'trials close the circuit at as many successes as it needs, no fewer and no more',
    of: when('half-open', 'trial-succeeded', ({ circuit, rules, real }) => {
      const { need } = circuit;
      return half(real({ circuit: tampered(circuit, { need: rules.successThreshold }) }), { need });
    }),
  },
  {
    name: 'a call brings the limits of now into a round that is under way',
    breaks: 'a round keeps the limits that it began with',
    of: when('half-open', 'call', ({ circuit, rules, real }) =>
      real() === circuit ? circuit : half(real(), { limit: rules.maxTrials, need: rules.successThreshold }),
    ),
  },
  {
    name: 'half-open by hand keeps the leases of the round before',
    breaks: 'a lease comes only with a call that passes',
    of: carryingOver(({ leases: old = [] }, { leases = [] }) => ({ leases: [...old, ...leases] })),
  },
  {
    name: 'the successes of the round before count',
    breaks: 'the successes of a round are those of its own trials',
    of: carryingOver(({ successes = 0 }) => ({ successes })),
  },
  {
    name: 'half-open by hand begins a round anew that is under way',
    breaks: 'the epoch grows by one with a new era, and else never',
    of: when('half-open', 'half-open', ({ real }) => real({ circuit: real({ event: { type: 'open' } }) })),
  },
];
