import type { Demands } from '../peers/peer.js';
import { peers } from '../peers/peers.js';
import { fail } from './calls.js';
import type { Case } from './case.js';
import { plain } from './demands.js';
import { guarded } from './guarded.js';
import { renewed } from './renewed.js';
import { repeatFailing } from './repeat.js';

const demands: Demands = { ...plain, staysClosed: true };

export const closedFailure: Case = {
  id: 'closed-failure',
  title: 'closed, failure; failures in a row',
  contenders: async () =>
    peers.map((peer) =>
      renewed(peer.name, () => {
        const { call, dispose } = guarded(peer, fail, demands);
        return { run: repeatFailing(call), dispose };
      }),
    ),
};
