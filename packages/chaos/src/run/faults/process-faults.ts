import type { Member } from '../../fleet/member.js';
import type { FaultKind, Scene } from '../fault.js';

/** So many are left alone: somebody must be there to see what happens. */
const LEFT_ALONE = 2;

export const PROCESS_FAULTS: readonly FaultKind[] = [
  {
    name: 'kill-process',
    concernsServer: false,
    losesMemory: false,
    aim(scene) {
      const { fleet } = scene;
      const member = victimOf(scene);
      return member && { target: member.name, begin: () => fleet.kill(member), end: () => fleet.add() };
    },
  },
  {
    name: 'freeze-process',
    concernsServer: false,
    losesMemory: false,
    aim(scene) {
      const { fleet } = scene;
      const member = victimOf(scene);
      return member && { target: member.name, begin: () => fleet.freeze(member), end: () => fleet.thaw(member) };
    },
  },
  {
    name: 'restart-process',
    concernsServer: false,
    losesMemory: false,
    aim(scene) {
      const { fleet } = scene;
      const member = victimOf(scene);
      return member && { target: member.name, begin: () => fleet.end([member]), end: () => fleet.add() };
    },
  },
];

function victimOf({ fleet, dice }: Scene): Member | undefined {
  const awake = fleet.members.filter(({ isFrozen }) => !isFrozen);
  return awake.length > LEFT_ALONE ? dice.pick(awake) : undefined;
}
