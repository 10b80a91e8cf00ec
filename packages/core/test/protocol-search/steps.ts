import type { Bounds } from './bounds.js';
import { pump } from './committing.js';
import { fates, mishapsOf } from './deeds-of-fate.js';
import { deedsOf } from './deeds-of-processes.js';
import { answer, takePlace, traffic } from './deeds-of-storage.js';
import { hear } from './in-step.js';
import type { Possibility } from './possibility.js';
import type { Protocol } from './protocol.js';
import { Scene } from './scene.js';
import type { Step } from './step.js';
import type { World } from './world.js';

/** Everything that can happen next, within the bounds. */
export function stepsFrom(world: World, bounds: Bounds, protocol: Protocol): readonly Step[] {
  const scene = new Scene(world, bounds, protocol);
  const each = world.processes.flatMap((_, who) => [
    ...deedsOf(scene, who),
    ...traffic(scene, who),
    ...(canBefall(world, who) ? mishapsOf(scene, who) : []),
  ]);
  return [...each, ...fates(scene)]
    .filter(({ rarity }) => isLeft(world, bounds, rarity))
    .map((deed) => stepBy(scene, deed));
}

/** The first mishap befalls the first process: of processes that are alike it may be any. */
function canBefall({ spent }: World, who: number): boolean {
  return who === 0 || spent.crash + spent['give up'] > 0;
}

function isLeft({ spent }: World, { atMost }: Bounds, rarity: Possibility['rarity']): boolean {
  return rarity === undefined || spent[rarity] < (atMost[rarity] ?? 0);
}

function stepBy({ world: before, bounds, protocol }: Scene, { deed, who, rarity, act }: Possibility): Step {
  const scene = new Scene(before, bounds, protocol);
  if (rarity !== undefined) scene.spend(rarity);
  act(scene);
  workOn(scene);
  return { deed, who, before, after: withoutOldPushes(scene), applied: scene.applied };
}

/** Lets every process do what it does of itself; where everything is prompt, it is answered at once, and all hear of it. */
function workOn(scene: Scene): void {
  const everybody = [...scene.world.processes.keys()];
  for (const who of everybody) pump(scene, who);
  if (scene.bounds.isPrompt !== true) return;
  for (let who = busyOne(scene); who !== undefined; who = busyOne(scene)) {
    takePlace(scene, who);
    for (const record of scene.world.pushes) for (const other of everybody) hear(scene, other, record);
    answer(scene, who);
    for (const other of everybody) pump(scene, other);
  }
}

function busyOne({ world }: Scene): number | undefined {
  const who = world.processes.findIndex(({ operation }) => operation !== undefined);
  return who < 0 ? undefined : who;
}

/** One and the same, so that it has one key. */
const NONE: World['pushes'] = [];

/** Without those that can mean nothing to anybody any more. Where a view can go back, any of them may. */
function withoutOldPushes({ world, bounds: { atMost, isPrompt, hasPushes }, protocol }: Scene): World {
  if (isPrompt === true || !hasPushes) return world.pushes === NONE ? world : { ...world, pushes: NONE };
  if (atMost.forget !== undefined || atMost['fail over'] !== undefined) return world;
  const pushes = world.pushes.filter((record) =>
    world.processes.some(
      ({ isAlive, view, outage }) => isAlive && (outage !== undefined || protocol.believes(view, record)),
    ),
  );
  return pushes.length === world.pushes.length ? world : { ...world, pushes };
}
