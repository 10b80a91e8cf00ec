import type { Dependency } from '../member/dependency.js';
import type { Ruling } from '../member/order.js';
import { pause } from '../pause.js';
import type { FaultKind, Scene } from './fault.js';
import type { RunningFaults } from './running-faults.js';

const STEPS = 25;
const MOST_FAULTS_AT_ONCE = 3;
const LONGEST_STEP_MS = 250;
const SHORTEST_FAULT_MS = 100;
const LONGEST_FAULT_MS = 1_500;
const QUIET_BURST_MS = 1_500;

const DEPENDENCIES: readonly Dependency[] = [
  'up',
  'up',
  'up',
  'down',
  'down',
  'flaky',
  'flaky',
  'hanging',
  'slow',
  'unused',
];
const RULINGS: readonly Ruling[] = ['open', 'halfOpen', 'close', 'close', 'close', 'isolate', 'disable'];

/** Something that happens to the fleet for a few seconds. */
export interface Burst {
  readonly name: string;
  readonly run: Play;
}

type Play = (scene: Scene, faults: RunningFaults, kinds: readonly FaultKind[]) => Promise<void>;

const downForAll: Play = async ({ fleet }) => {
  fleet.meet('down');
  await pause(QUIET_BURST_MS);
};

const downForOne: Play = async ({ fleet, dice }) => {
  fleet.meet('down', [dice.pick(fleet.members)]);
  await pause(QUIET_BURST_MS);
};

const everything: Play = async (scene, faults, kinds) => {
  const { dice } = scene;
  for (let step = 0; step < STEPS; step++) {
    const chance = dice.random();
    if (chance < 0.4) changeDependency(scene);
    else if (chance < 0.5) rule(scene);
    else if (faults.count < MOST_FAULTS_AT_ONCE) {
      await faults.begin(dice.pick(kinds), dice.between(SHORTEST_FAULT_MS, LONGEST_FAULT_MS));
    }
    await pause(dice.between(0, LONGEST_STEP_MS));
    await faults.endDue();
  }
};

const OUTAGE: Burst = { name: 'the dependency is down for all', run: downForAll };
const OUTAGE_OF_ONE: Burst = { name: 'the dependency is down for one', run: downForOne };
const FAULTS: Burst = { name: 'faults', run: everything };

/** What every run begins with: however short it is, its circuit opens, is tried, and closes. */
export const FIRST_BURST: Burst = OUTAGE;

/** Draws what happens next: mostly faults of all kinds; now and then nothing but the dependency is out of order. */
export function drawBurst({ dice }: Scene): Burst {
  const chance = dice.random();
  if (chance < 0.12) return OUTAGE;
  return chance < 0.24 ? OUTAGE_OF_ONE : FAULTS;
}

function changeDependency({ fleet, dice }: Scene): void {
  const next = dice.pick(DEPENDENCIES);
  if (dice.chance(0.5)) fleet.meet(next);
  else fleet.meet(next, [dice.pick(fleet.members)]);
}

/** What comes of it is in the history; whoever is killed meanwhile answers nothing. */
function rule({ fleet, dice }: Scene): void {
  dice
    .pick(fleet.members)
    .rule(dice.pick(RULINGS))
    .catch(() => undefined);
}
