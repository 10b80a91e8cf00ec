import { type Mutant, tampered, when } from './mutant.js';
import type { RuleSet } from './world.js';

/** A trial that has lost its place gets another, for the end that it comes to. */
function withPlaceForAll(type: 'trial-succeeded' | 'trial-failed'): Mutant['of'] {
  return (rules) => ({
    ...when('half-open', type, ({ circuit, event, real }) => {
      const leases = [...circuit.leases.filter(({ id }) => id !== event.leaseId), { id: event.leaseId, expiresAt: 0 }];
      return real({ circuit: tampered(circuit, { leases }) });
    })(rules),
    hasSay: ({ epoch }, call) => call.epoch === epoch,
  });
}

/** Where the fence is open, plain calls of older epochs feed the policy of this one. */
function ignoringEpochs(rules: RuleSet): RuleSet {
  return { ...rules, hasSay: (circuit, call) => rules.hasSay(circuit, { ...call, epoch: circuit.epoch }) };
}

export const FENCE_MUTANTS: readonly Mutant[] = [
  {
    name: 'results of older epochs have a say',
    breaks: 'a result is late where its era is over or its place lost, and only there',
    of: ignoringEpochs,
  },
  {
    name: 'nobody has a say',
    breaks: 'a result is late where its era is over or its place lost, and only there',
    of: (rules) => ({ ...rules, hasSay: () => false }),
  },
  {
    name: 'a trial that has lost its place has its say',
    breaks: 'a result is late where its era is over or its place lost, and only there',
    of: (rules) => ({ ...rules, hasSay: (circuit, call) => rules.hasSay(circuit, { ...call, leaseId: undefined }) }),
  },
  {
    name: 'a trial that has lost its place fails the round',
    breaks: 'a result is late where its era is over or its place lost, and only there',
    of: withPlaceForAll('trial-failed'),
  },
  {
    name: 'a trial that has lost its place counts as a success',
    breaks: 'a late result changes nothing',
    of: withPlaceForAll('trial-succeeded'),
  },
];
