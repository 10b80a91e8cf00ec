import type { Circuit } from '../../src/circuit/circuit.js';
import type { HalfOpenCircuit } from '../../src/circuit/half-open.js';
import type { Lease } from '../../src/circuit/lease.js';
import type { Invariants } from './invariants.js';
import { isSame, rulesOf } from './invariants-of-circuits.js';
import { beginsEra, holds, leaseIdOf, mayStillSpeak, type Step } from './step.js';
import { NOW } from './world.js';

export const TRIAL_INVARIANTS: Invariants = {
  'an open circuit becomes half-open only when it is due, or by hand': ({ happening, before, after }) => {
    if (before.circuit.state !== 'open' || after.circuit.state !== 'half-open') return true;
    return happening.type === 'rule' || before.circuit.openUntilAt <= NOW;
  },

  'there are never more live leases than places': ({ after: { circuit } }) =>
    circuit.state !== 'half-open' || circuit.leases.filter(isLive).length <= circuit.limit,

  'a call passes where it may, and only there': ({ happening, before }) =>
    happening.type !== 'ask' || happening.passed === mayPass(before.circuit),

  'a round keeps the limits that it began with': (step, bounds) => {
    const { circuit } = step.after;
    if (circuit.state !== 'half-open') return true;
    const { maxTrials, successThreshold } = rulesOf(step, bounds);
    const { limit, need } = beginsEra(step)
      ? { limit: maxTrials, need: successThreshold }
      : (step.before.circuit as HalfOpenCircuit);
    return circuit.limit === limit && circuit.need === need;
  },

  'a lease comes only with a call that passes': (step) => {
    const { happening, before, after } = step;
    const kept = beginsEra(step) ? [] : idsOf(before.circuit);
    const granted = happening.type === 'ask' && happening.passed ? happening.lease.id : undefined;
    return idsOf(after.circuit).every((id) => id === granted || kept.includes(id));
  },

  'the end of a trial frees its place': ({ happening, after }) =>
    !('isLate' in happening || happening.type === 'release') || !holds(after.circuit, leaseIdOf(happening)),

  'a live lease goes only with its own trial, or with the round': (step) =>
    othersKept(step, leasesOf(step.before.circuit).filter(isLive)),

  'a lapsed lease goes only when a call passes, or with the round': (step) =>
    (step.happening.type === 'ask' && step.happening.passed) || othersKept(step, leasesOf(step.before.circuit)),

  'a renewal moves a deadline that is still held, and nothing else': ({ happening, before, after }) => {
    if (happening.type !== 'renew') return true;
    if (before.circuit.state !== 'half-open' || !holds(before.circuit, happening.lease.id))
      return after.circuit === before.circuit;
    const leases = before.circuit.leases.map((lease) => (lease.id === happening.lease.id ? happening.lease : lease));
    return isSame(after.circuit, { ...before.circuit, leases });
  },

  'the successes of a round are those of its own trials': ({ after }) =>
    after.circuit.state !== 'half-open' || after.circuit.successes === after.wins,

  'trials close the circuit at as many successes as it needs, no fewer and no more': ({ happening, before, after }) => {
    const { circuit, wins } = before;
    if (happening.type !== 'success' || circuit.state !== 'half-open' || !mayStillSpeak(circuit, happening.call))
      return true;
    return (after.circuit.state === 'closed') === wins + 1 >= circuit.need;
  },

  'a failed trial opens the circuit at once': ({ happening, before, after }) => {
    if (happening.type !== 'failure' || !mayStillSpeak(before.circuit, happening.call)) return true;
    return happening.call.leaseId === undefined || after.circuit.state === 'open';
  },
};

function mayPass(circuit: Circuit): boolean {
  switch (circuit.state) {
    case 'open':
      return circuit.openUntilAt <= NOW;
    case 'half-open':
      return circuit.leases.filter(isLive).length < circuit.limit;
    default:
      return circuit.state !== 'isolated';
  }
}

/** Whether leases are all still there and unchanged, but for those that it is about. */
function othersKept(step: Step, leases: readonly Lease[]): boolean {
  if (beginsEra(step)) return true;
  const own = leaseIdOf(step.happening);
  const kept = leasesOf(step.after.circuit);
  return leases.every(
    (lease) => lease.id === own || kept.some(({ id, expiresAt }) => id === lease.id && expiresAt === lease.expiresAt),
  );
}

function leasesOf(circuit: Circuit): readonly Lease[] {
  return circuit.state === 'half-open' ? circuit.leases : [];
}

function idsOf(circuit: Circuit): readonly string[] {
  return leasesOf(circuit).map(({ id }) => id);
}

function isLive({ expiresAt }: Lease): boolean {
  return NOW < expiresAt;
}
