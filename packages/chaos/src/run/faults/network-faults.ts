import type { MemberNetwork } from '../../servers/member-network.js';
import type { FaultKind } from '../fault.js';

const SLOWEST_MS = 80;
const LOST_SHARE = 0.05;
const LOST_COMMITS_SHARE = 0.8;

/** Faults of the network between one process and the servers. */
export const NETWORK_FAULTS: readonly FaultKind[] = [
  ofNetwork('cut', (network) => network.cut()),
  ofNetwork('silence', (network) => network.fallSilent()),
  ofNetwork('slow-network', (network, random) => network.slowDown(Math.ceil(SLOWEST_MS * random()))),
  ofNetwork('lossy-network', (network, random) => network.loseNowAndThen(LOST_SHARE, random)),
  ofNetwork('lost-commit-replies', (network, random) => network.loseRepliesOfCommits(LOST_COMMITS_SHARE, random)),
];

function ofNetwork(name: string, spoil: (network: MemberNetwork, random: () => number) => void): FaultKind {
  return {
    name,
    concernsServer: false,
    losesMemory: false,
    aim({ fleet, dice }) {
      const { name: target, network } = dice.pick(fleet.members);
      return { target, begin: () => spoil(network, dice.random), end: () => network.heal() };
    },
  };
}
