import type { Contender } from '../measure/contender.js';
import { bare } from '../peers/bare.js';
import type { Call, Peer } from '../peers/peer.js';
import { peers } from '../peers/peers.js';
import { reject } from './calls.js';
import type { Case } from './case.js';
import { plain } from './demands.js';
import { contenderOf, unguarded } from './everybody.js';
import { repeatFailing } from './repeat.js';
import { tripped } from './tripped.js';

/** What an open circuit costs that many frames deep: a stack trace costs more, the deeper it is. */
export function rejection(frames: number): Case {
  return {
    id: `rejection-${frames}`,
    title: `open, rejection; ${frames === 0 ? 'shallow' : `${frames} frames deep`}`,
    async contenders() {
      const guarded = peers.filter((peer) => peer !== bare).map((peer) => rejecting(peer, frames));
      return [unguarded(deep(reject, frames), repeatFailing), ...(await Promise.all(guarded))];
    },
  };
}

async function rejecting(peer: Peer, frames: number): Promise<Contender> {
  const { call, dispose } = await tripped(peer, plain);
  return contenderOf(peer.name, { call: deep(call, frames), dispose }, repeatFailing);
}

function deep(call: Call, frames: number): Call {
  const descend = (depth: number): Promise<number> => (depth > 0 ? descend(depth - 1) : call());
  return () => descend(frames);
}
