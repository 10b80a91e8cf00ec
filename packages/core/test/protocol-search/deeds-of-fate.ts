import { degrade } from './alone.js';
import { endTrial } from './deeds-of-processes.js';
import type { Possibility } from './possibility.js';
import { type Commit, NOTHING_IN_HAND } from './process.js';
import { canSpeak } from './reporting.js';
import type { Scene } from './scene.js';
import { commitTo } from './storing.js';

/** What may befall a process. */
export function mishapsOf(scene: Scene, who: number): readonly Possibility[] {
  const { operation, isAlive } = scene.process(who);
  if (!isAlive) return [];
  const deeds: Possibility[] = [{ deed: 'crash', who, rarity: 'crash', act: (at) => crash(at, who) }];
  if (operation === undefined) return deeds;
  deeds.push({ deed: 'give up', who, rarity: 'give up', act: (at) => degrade(at, who) });
  const { commit, answer } = operation;
  if (commit === undefined || answer !== undefined) return deeds;
  deeds.push({
    deed: 'give up',
    who,
    rarity: 'give up',
    act: (at) => {
      mayLandLate(at, commit);
      degrade(at, who);
    },
  });
  return deeds;
}

function mayLandLate(scene: Scene, commit: Commit): void {
  scene.world = { ...scene.world, late: [...scene.world.late, commit] };
}

function crash(scene: Scene, who: number): void {
  const { operation } = scene.process(who);
  if (operation?.commit !== undefined && operation.answer === undefined) mayLandLate(scene, operation.commit);
  scene.change(who, { ...NOTHING_IN_HAND, isAlive: false });
}

/** What may befall the storage, and that time passes. */
export function fates(scene: Scene): readonly Possibility[] {
  const { late, storage } = scene.world;
  const { stepsMs, isPrompt } = scene.bounds;
  const deeds: Possibility[] = late.map((commit) => ({ deed: 'land', act: (at) => land(at, commit) }));
  if (storage.record !== undefined) {
    deeds.push({ deed: 'forget', rarity: 'forget', act: (at) => lose(at, undefined) });
    deeds.push({ deed: 'fail over', rarity: 'fail over', act: (at) => lose(at, at.world.storage.older) });
  }
  for (const ms of stepsMs ?? []) deeds.push({ deed: 'step', rarity: 'step', act: (at) => stepClock(at, ms) });
  if (isPrompt === true && mustSpeakFirst(scene)) return deeds;
  deeds.push({ deed: 'tick', rarity: 'tick', act: (at) => pass(at, at.bounds.tickMs) });
  deeds.push({ deed: 'pause', rarity: 'pause', act: (at) => pass(at, at.bounds.pauseMs) });
  return deeds;
}

/** Where everything is prompt, no time passes while somebody has something to say. */
function mustSpeakFirst(scene: Scene): boolean {
  return scene.world.processes.some(({ isAlive }, who) => isAlive && canSpeak(scene, who));
}

function land(scene: Scene, commit: Commit): void {
  scene.world = { ...scene.world, late: scene.world.late.filter((other) => other !== commit) };
  commitTo(scene, commit);
}

function lose(scene: Scene, record: Scene['world']['storage']['record']): void {
  scene.store({ record, losses: scene.world.storage.losses + 1 });
}

function stepClock(scene: Scene, ms: number): void {
  const { aheadMs, losses } = scene.world.storage;
  scene.store({ aheadMs: aheadMs + ms, losses: losses + 1 });
}

/** Time passes, and trials that have reached their deadline stop. */
export function pass(scene: Scene, ms: number): void {
  scene.world = { ...scene.world, time: scene.world.time + ms };
  scene.world.processes.forEach(({ trial }, who) => {
    if (trial !== undefined && scene.time >= trial.deadlineAt) endTrial(scene, who, 'failure');
  });
  const { record } = scene.world.storage;
  const { keepUntilAt = Number.POSITIVE_INFINITY } = record ?? {};
  if (scene.storageTime > keepUntilAt) scene.store({ record: undefined });
}
