import { type FleetRecord, isKept, isNewer, isSameEpoch } from '../../src/fleet/record.js';
import type { Invariants } from './invariants.js';
import type { Process } from './process.js';

export const VIEW_INVARIANTS: Invariants = {
  'a view goes back only where the storage has lost something, and then only from closed': ({ before, after }) =>
    before.processes.every(({ view, outage }, who) => {
      const { record: was } = view;
      const is = after.processes[who]?.view;
      if (outage !== undefined || was === undefined || is === undefined) return true;
      if (!isKept(was, after.time + is.aheadMs) || (is.record !== undefined && !isNewer(was, is.record))) return true;
      return after.storage.losses > 0 && was.state === 'closed';
    }),

  'a ruling that was made alone is made again when the storage is back, while its state lasts, and no other': (
    step,
  ) => {
    const { deed, who, before, after, applied } = step;
    if ((deed !== 'try again' && deed !== 'recover') || who === undefined) return true;
    const { outage, view, rulings } = before.processes[who] as Process;
    const { ruled, comeback } = outage ?? {};
    const isInForce = ruled !== undefined && isSameEpoch(ruled.epoch, view.record ?? { epoch: 0 });
    if (deed === 'try again') return applied.some(({ part }) => part.kind === 'force') === isInForce;
    const isNew = isInForce && JSON.stringify(ruled) !== JSON.stringify(comeback?.ruled);
    const sent = after.processes[who]?.operation?.commit?.parts.filter(({ kind }) => kind === 'force') ?? [];
    return sent.length === rulings.length + (isNew ? 1 : 0);
  },

  'a hint alone never takes a view back': ({ deed, who, before, after }) => {
    if (deed !== 'hear' || who === undefined) return true;
    const was = recordOf(before.processes[who]);
    const is = recordOf(after.processes[who]);
    return was === undefined || (is !== undefined && isNewer(is, was));
  },
};

function recordOf(process: Process | undefined): FleetRecord | undefined {
  return process?.view.record;
}
