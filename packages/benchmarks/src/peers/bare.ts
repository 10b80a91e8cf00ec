import { nothingToDispose, type Peer } from './peer.js';

/** No breaker at all: what the others are compared with. */
export const bare: Peer = {
  name: 'bare call',
  reopensByTimer: false,
  guard: (call) => ({ call, made: call, dispose: nothingToDispose }),
};
