import { hasPlace } from '../../src/circuit/has-place.js';
import { recover, tryAgain } from './alone.js';
import type { Bounds } from './bounds.js';
import { pump } from './committing.js';
import { pass } from './deeds-of-fate.js';
import { endTrial } from './deeds-of-processes.js';
import { answer, takePlace } from './deeds-of-storage.js';
import { hear } from './in-step.js';
import type { Protocol } from './protocol.js';
import { canEndHearing, canFlush, canSpeak, gather } from './reporting.js';
import { Scene } from './scene.js';
import type { World } from './world.js';

/** More than anybody ever has to say in a row. */
const MANY = 50;

/** A run without faults, in which everything is prompt, but for pushes where there are none. */
export class FairRun {
  readonly #scene: Scene;

  constructor(
    world: World,
    bounds: Bounds,
    protocol: Protocol,
    readonly hasPushes: boolean,
  ) {
    this.#scene = new Scene(world, bounds, protocol);
  }

  get world(): World {
    return this.#scene.world;
  }

  /** What is under way comes to its end, and everybody hears of it. */
  settle(): void {
    for (let turn = 0; turn < MANY; turn++) {
      const before = this.world;
      for (const who of this.#alive()) this.#settle(who);
      if (this.world === before) return;
    }
  }

  #settle(who: number): void {
    const scene = this.#scene;
    const { outage } = scene.process(who);
    if (outage !== undefined) {
      if (outage.comeback === undefined) tryAgain(scene, who);
      recover(scene, who);
    }
    if (scene.process(who).opened !== undefined && canEndHearing(scene, who)) scene.change(who, { isReportDue: true });
    pump(scene, who);
    const { operation } = scene.process(who);
    if (operation === undefined) return;
    if (operation.answer === undefined) takePlace(scene, who);
    this.#push();
    answer(scene, who);
    pump(scene, who);
  }

  /** Everybody asks once what is stored. */
  poll(): void {
    for (const who of this.#alive()) {
      this.#scene.change(who, { wantsRead: true });
      this.settle();
    }
  }

  tick(): void {
    pass(this.#scene, this.#scene.bounds.tickMs);
    this.settle();
  }

  /** Every process makes a call. What trials there are end with it. */
  call(verdict: 'success' | 'failure'): void {
    for (const who of this.#alive()) this.#call(who, verdict);
  }

  #call(who: number, verdict: 'success' | 'failure'): void {
    const scene = this.#scene;
    const { record, circuit } = scene.process(who).view;
    if (circuit === undefined || circuit.state === 'closed') {
      const { epoch, era } = record ?? { epoch: 0 };
      gather(scene, who, { isOfThisEpoch: true, epoch: { epoch, era } }, verdict);
      if (canFlush(scene, who) || canSpeak(scene, who)) scene.change(who, { isReportDue: true });
    } else {
      if (scene.process(who).trial === undefined && hasPlace(circuit, scene.time))
        scene.change(who, { isAsking: true });
      this.settle();
      endTrial(scene, who, verdict);
    }
    this.settle();
  }

  #push(): void {
    const { record } = this.world.storage;
    if (this.hasPushes && record !== undefined) for (const who of this.#alive()) hear(this.#scene, who, record);
  }

  #alive(): readonly number[] {
    return this.world.processes.flatMap(({ isAlive }, who) => (isAlive ? [who] : []));
  }
}
