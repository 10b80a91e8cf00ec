import type { Eras } from './eras.js';
import type { FleetHost } from './fleet-host.js';
import type { Following } from './following.js';
import type { Proposer } from './proposal.js';
import { readRecord } from './read-record.js';
import { type Lesson, reconcile } from './reconcile.js';
import { type FleetRecord, isNewer } from './record.js';
import type { Answer } from './storage-access.js';
import type { View } from './view.js';

/** Keeps the view in step with what is stored, and everything in step that goes by the view. */
export class ViewKeeper {
  constructor(
    readonly host: FleetHost,
    readonly view: View,
    readonly proposers: readonly Proposer[],
    readonly eras: Eras,
    readonly following: Following,
  ) {}

  /**
   * Takes in what the storage answered; says what to do about it.
   *
   * @param base - what this process knew when it asked
   * @param hasMoved - whether that has changed since
   */
  takeIn({ record, now }: Answer, base: FleetRecord | undefined, hasMoved: boolean): Lesson {
    this.view.setStorageTime(now);
    const lesson = reconcile(base, record, hasMoved, now);
    if (lesson === 'adopt') this.adopt(record);
    // After an outage what is taught is not what the private copy has become since.
    else if (lesson === 'teach') this.adopt(base);
    this.following.rest();
    return lesson;
  }

  /** Takes in a hint of what was written; says whether it was of any use. */
  hear(pushed: unknown): boolean {
    const record = readable(pushed);
    const { isKnown, record: known } = this.view;
    if (record === undefined) return false;
    if (isKnown && (known === undefined || isNewer(record, known))) this.adopt(record);
    return true;
  }

  adopt(record: FleetRecord | undefined): void {
    const view = this.view;
    const { record: before, generation } = view;
    this.host.changeView(() => {
      view.adopt(record);
      const hasNewEpoch = view.generation !== generation;
      if (hasNewEpoch) this.host.startAnew();
      for (const proposer of this.proposers) proposer.viewChanged?.(before, hasNewEpoch);
    }, this.eras.takeReason(record?.era));
    this.following.pace();
  }
}

function readable(pushed: unknown): FleetRecord | undefined {
  try {
    return readRecord(pushed);
  } catch {
    return undefined; // a read tells what is wrong
  }
}
