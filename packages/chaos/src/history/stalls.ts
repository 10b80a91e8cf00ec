import { machineTime } from './machine-time.js';

const BEAT_MS = 10;
/** A beat that comes later than this was held up. */
const WORTH_TELLING_MS = 20;

/** Notices when the process stands still: it was stopped, or the machine had no time for it. */
export class Stalls {
  #totalMs = 0;
  #lastBeatAt = machineTime();
  readonly #timer: NodeJS.Timeout;

  constructor(onStall: (ms: number) => void) {
    this.#timer = setInterval(() => {
      const lateMs = this.#lateMs();
      this.#lastBeatAt = machineTime();
      this.#totalMs += lateMs;
      if (lateMs > WORTH_TELLING_MS) onStall(lateMs);
    }, BEAT_MS).unref();
  }

  /** For how long the process has stood still so far, in all. */
  get totalMs(): number {
    return this.#totalMs + this.#lateMs();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #lateMs(): number {
    return Math.max(0, machineTime() - this.#lastBeatAt - BEAT_MS);
  }
}
