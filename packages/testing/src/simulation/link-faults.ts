/** What can be wrong with a process's way to the storage. */
export interface LinkTrouble {
  /** Nothing passes: what is under way waits. */
  readonly isCut: boolean;
  readonly isRefusing: boolean;
  /** The storage answers nothing; pushes pass. */
  readonly isHanging: boolean;
  readonly isDroppingPushes: boolean;
  readonly isDuplicatingPushes: boolean;
  /** How much longer than usual a message may take. */
  readonly latencyMs: number;
  /** The part of all messages that is lost. */
  readonly lossShare: number;
  /** How much later than another one a push may come. */
  readonly reorderMs: number;
}

const NO_TROUBLE: LinkTrouble = {
  isCut: false,
  isRefusing: false,
  isHanging: false,
  isDroppingPushes: false,
  isDuplicatingPushes: false,
  latencyMs: 0,
  lossShare: 0,
  reorderMs: 0,
};

/** What is wrong with a process's way to the storage, and what waits until it is well again. */
export class LinkFaults {
  trouble = NO_TROUBLE;
  #stuck: (() => void)[] = [];

  set(trouble: Partial<LinkTrouble>): void {
    this.trouble = { ...this.trouble, ...trouble };
  }

  /** Keeps something until all is well again. */
  untilHealed(goOn: () => void): void {
    this.#stuck.push(goOn);
  }

  heal(): void {
    this.trouble = NO_TROUBLE;
    const stuck = this.#stuck;
    this.#stuck = [];
    for (const goOn of stuck) goOn();
  }
}
