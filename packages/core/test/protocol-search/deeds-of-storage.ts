import { recover, tryAgain } from './alone.js';
import { committed } from './committing.js';
import { hear, takeIn } from './in-step.js';
import type { Possibility } from './possibility.js';
import type { Operation } from './process.js';
import type { Scene } from './scene.js';
import { commitTo } from './storing.js';

/** What may become of what is on its way between a process and the storage. */
export function traffic(scene: Scene, who: number): readonly Possibility[] {
  const { operation, outage, isAlive } = scene.process(who);
  const deeds: Possibility[] = [];
  if (outage !== undefined && outage.comeback === undefined)
    deeds.push({ deed: 'try again', who, act: (at) => tryAgain(at, who) });
  if (outage?.comeback !== undefined) deeds.push({ deed: 'recover', who, act: (at) => recover(at, who) });
  if (isAlive && scene.bounds.isPrompt !== true) deeds.push(...pushesTo(scene, who));
  if (operation === undefined) return deeds;
  if (operation.answer !== undefined) deeds.push({ deed: 'answer', who, act: (at) => answer(at, who) });
  else if (scene.protocol.comparesAndSwaps || operation.commit === undefined || operation.base !== undefined)
    deeds.push({ deed: 'take place', who, act: (at) => takePlace(at, who) });
  else deeds.push({ deed: 'look', who, act: (at) => at.change(who, { operation: based(at, operation) }) });
  return deeds;
}

function based(scene: Scene, operation: Operation): Operation {
  return { ...operation, base: { record: scene.world.storage.record } };
}

function pushesTo(scene: Scene, who: number): readonly Possibility[] {
  const { view, outage } = scene.process(who);
  if (outage !== undefined) return [];
  return scene.world.pushes
    .filter((record) => scene.protocol.believes(view, record))
    .map((record) => ({ deed: 'hear', who, act: (at) => void hear(at, who, record) }));
}

export function takePlace(scene: Scene, who: number): void {
  const { operation } = scene.process(who);
  if (operation === undefined) return;
  const { commit, base } = operation;
  const { record } = base ?? scene.world.storage;
  const now = scene.storageTime;
  const answer = commit === undefined ? { record, now, openedHearing: undefined } : commitTo(scene, commit, record);
  scene.change(who, { operation: { ...operation, base: undefined, answer } });
}

export function answer(scene: Scene, who: number): void {
  const { operation } = scene.process(who);
  if (operation?.answer === undefined) return;
  scene.change(who, { operation: undefined });
  const { commit, hasMoved } = operation;
  const base = scene.process(who).view.record;
  if (commit === undefined) takeIn(scene, who, operation.answer, { base, hasMoved });
  else committed(scene, who, commit, operation.answer, hasMoved);
}
