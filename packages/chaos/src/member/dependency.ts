import { pause } from '../pause.js';

/** What the calls of a process meet; `unused`: it makes none. */
export type Dependency = 'up' | 'down' | 'hanging' | 'slow' | 'flaky' | 'unused';

const LATENCY_MS = 2;
const SLOW_MS = 150;
const FLAKY_SHARE = 0.3;

/** What is guarded: it behaves as it is told. */
export class DependencyOfMember {
  #is: Dependency;
  #onChange: (() => void)[] = [];

  constructor(first: Dependency) {
    this.#is = first;
  }

  get isUsed(): boolean {
    return this.#is !== 'unused';
  }

  become(next: Dependency): void {
    this.#is = next;
    for (const hear of this.#onChange.splice(0)) hear();
  }

  /** @throws what it is given, where it is down */
  askSync(error: Error): void {
    if (this.#isDownNow()) throw error;
  }

  async ask(error: Error, signal: AbortSignal): Promise<void> {
    const isDown = this.#isDownNow();
    if (this.#is === 'hanging') await this.#untilItChanges(signal);
    else await pause(this.#is === 'slow' ? SLOW_MS : LATENCY_MS);
    if (isDown) throw error;
  }

  #isDownNow(): boolean {
    return this.#is === 'down' || (this.#is === 'flaky' && Math.random() < FLAKY_SHARE);
  }

  #untilItChanges(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      this.#onChange.push(resolve);
      signal.addEventListener('abort', () => resolve());
    });
  }
}
