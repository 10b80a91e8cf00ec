import { adopt, takeIn } from './in-step.js';
import type { Alone, Commit, Process } from './process.js';
import type { Scene } from './scene.js';
import { commitTo } from './storing.js';

/** A read or a commit has failed, as far as its process knows: it goes on alone, with what it knows. */
export function degrade(scene: Scene, who: number): void {
  const process = scene.process(who);
  const { view, operation, gathered } = process;
  const inDoubt = operation?.commit?.parts.flatMap((part) => (part.kind === 'report' ? part.outcomes : [])) ?? [];
  const again = scene.protocol.inDoubt(inDoubt);
  scene.change(who, {
    ...toldAnew(process),
    outage: { left: view.record, record: view.record, ruled: undefined, comeback: undefined },
    operation: undefined,
    wantsRead: false,
    rulings: [],
    gathered: [...again, ...gathered],
  });
  if (!view.isKnown) adopt(scene, who, undefined);
}

/** Another storage may not know what the last one was told. */
function toldAnew({ settlements }: Process): Partial<Process> {
  return { settlements: settlements.map((each) => ({ ...each, isSent: false })), isVoteSent: false };
}

/** The storage is tried again: a ruling that was made alone, and still is in force, is committed with the question. */
export function tryAgain(scene: Scene, who: number): void {
  const { outage } = scene.process(who);
  if (outage === undefined) return;
  const ruled = ruledInForce(scene, who, outage);
  if (ruled !== undefined) commitTo(scene, rulingAgain(scene, who, ruled.by));
  const comeback = { record: scene.world.storage.record, now: scene.storageTime, ruled };
  scene.change(who, { outage: { ...outage, comeback } });
}

function ruledInForce(scene: Scene, who: number, { ruled }: Alone): Alone['ruled'] {
  return ruled !== undefined && scene.protocol.rulesAgain(ruled, scene.process(who).view) ? ruled : undefined;
}

function rulingAgain(scene: Scene, who: number, ruling: NonNullable<Alone['ruled']>['by']): Commit {
  const { name, commits, view } = scene.process(who);
  scene.change(who, { commits: commits + 1 });
  return {
    name: `${name}${commits}`,
    who,
    parts: [{ kind: 'force', ruling }],
    highestEpoch: scene.protocol.highestEpoch(view),
    seenEpoch: view.highestEpoch,
    askedAt: scene.time,
    hasLesson: false,
  };
}

/** The storage is back, and the process has its answer. */
export function recover(scene: Scene, who: number): void {
  const process = scene.process(who);
  const { outage, rulings } = process;
  if (outage?.comeback === undefined) return;
  const { comeback } = outage;
  const ruled = ruledInForce(scene, who, outage);
  const isNew = ruled !== undefined && JSON.stringify(ruled) !== JSON.stringify(comeback.ruled);
  scene.change(who, { ...toldAnew(process), outage: undefined, rulings: isNew ? [...rulings, ruled.by] : rulings });
  takeIn(
    scene,
    who,
    { ...comeback, openedHearing: undefined },
    { base: scene.protocol.lessonOf(outage), hasMoved: false },
  );
}
