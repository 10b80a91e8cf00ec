import type { Call, Demands, Guarded, Peer } from '../peers/peer.js';

/** @throws Error where the peer cannot do what is asked */
export function guarded(peer: Peer, call: Call, demands: Demands): Guarded {
  const made = peer.guard(call, demands);
  if (made === undefined) throw new Error(`${peer.name} cannot do what is asked`);
  return made;
}
