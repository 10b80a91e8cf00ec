import type { Announcer } from './listener/announcer.js';

/** Those who ask about calls: the listeners, and whatever judges a call by how long it took. */
export class Audience {
  /** Tells the listeners, once there has been one. */
  announcer: Announcer | undefined = undefined;
  /** When somebody began to ask how long calls take: 0 for from the beginning, `undefined` while nobody does. */
  timedSince: number | undefined = undefined;

  /** What is asked may have changed. */
  askAnew(isJudgedByTime: boolean, now: () => number): void {
    if (!isJudgedByTime && this.announcer?.wantsCalls !== true) this.timedSince = undefined;
    else this.timedSince ??= now();
  }
}
