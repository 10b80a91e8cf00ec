import type { Invariants } from './invariants.js';
import { isSame } from './invariants-of-circuits.js';
import { mayStillSpeak } from './step.js';

export const OUTCOME_INVARIANTS: Invariants = {
  'a late result changes nothing': ({ happening, before, after }) => {
    if (!('isLate' in happening) || mayStillSpeak(before.circuit, happening.call)) return true;
    return after.circuit === before.circuit;
  },

  'a result is late where its era is over or its place lost, and only there': ({ happening, before }) =>
    !('isLate' in happening) || happening.isLate === !mayStillSpeak(before.circuit, happening.call),

  'an ignored outcome changes nothing but its lease': ({ happening, before, after }) => {
    if (happening.type !== 'ignore' && happening.type !== 'release') return true;
    const { circuit } = before;
    const { leaseId } = happening.call;
    if (circuit.state !== 'half-open' || leaseId === undefined) return after.circuit === circuit;
    return isSame(after.circuit, { ...circuit, leases: circuit.leases.filter(({ id }) => id !== leaseId) });
  },

  'it trips where the outcomes since it was closed meet the policy, and only there': (
    { happening, before, after },
    { model },
  ) => {
    if (!('isLate' in happening) || before.circuit.state !== 'closed') return true;
    if (happening.type !== 'failure' || !mayStillSpeak(before.circuit, happening.call))
      return after.circuit.state === 'closed';
    const history = model.relevant([...before.history, { failed: true, ageMs: 0 }]);
    return (after.circuit.state === 'open') === model.isMet(history);
  },
};
