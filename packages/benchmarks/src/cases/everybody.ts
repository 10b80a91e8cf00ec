import type { Contender } from '../measure/contender.js';
import { bare } from '../peers/bare.js';
import { type Call, type Demands, type Guarded, nothingToDispose } from '../peers/peer.js';
import { peers } from '../peers/peers.js';

type Repeat = (call: Call) => (times: number) => Promise<void>;

/** All peers that can do what is asked, each guarding the same call; `bare` is the first. */
export function everybody(call: Call, demands: Demands, repeat: Repeat): Contender[] {
  return peers.flatMap((peer) => {
    const guarded = peer.guard(call, demands);
    return guarded === undefined ? [] : [contenderOf(peer.name, guarded, repeat)];
  });
}

export function contenderOf(
  name: string,
  { call, dispose }: Pick<Guarded, 'call' | 'dispose'>,
  repeat: Repeat,
): Contender {
  return { name, run: repeat(call), dispose };
}

/** The bare call alone, where the others are not peers but ways to call one of them. */
export function unguarded(call: Call, repeat: Repeat): Contender {
  return contenderOf(bare.name, { call, dispose: nothingToDispose }, repeat);
}
