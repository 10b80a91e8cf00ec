import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { CircuitState, StateChangeEvent } from '@breaker/core';
import type { Mark } from '../marks.js';
import { firstWord, startProcess } from '../start-process.js';
import { History } from './history.js';
import { type News, now } from './news.js';
import type { Order } from './worker.js';

export interface Trial {
  readonly from: number;
  to: number | undefined;
}

/** A process of the fleet, as its parent knows it: by what it tells. */
export class Member {
  readonly history = new History<Mark>();
  readonly trials: Trial[] = [];
  state: CircuitState = 'closed';
  /** Whether that is the fleet's state, or this process's own circuit. */
  scope: StateChangeEvent['scope'] = 'fleet';
  wasKilled = false;
  made = 0;
  answered = 0;
  failed = 0;
  failedTrials = 0;
  rejected = 0;
  /** Is called after each of its news. */
  onNews: (news: News) => void = () => {};
  readonly #child: ChildProcess;

  private constructor(
    readonly name: string,
    child: ChildProcess,
  ) {
    this.#child = child;
    child.on('message', (news: News) => {
      this.#hear(news);
      this.onNews(news);
    });
    this.history.become(this.state, now());
  }

  static async start(
    name: string,
    args: readonly (string | number)[],
    environment: Readonly<Record<string, string>>,
  ): Promise<Member> {
    const child = startProcess(new URL('worker.ts', import.meta.url), args, environment);
    await firstWord(child);
    return new Member(name, child);
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  get isInTrial(): boolean {
    const trial = this.trials.at(-1);
    return trial !== undefined && trial.to === undefined;
  }

  /** How many calls it had under way when it was killed. */
  get cutOff(): number {
    return this.wasKilled ? this.made - this.answered - this.failed : 0;
  }

  get #isRunning(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  tell(order: Order): void {
    this.#child.send(order);
  }

  /** Kills it as `kill -9` does: it cannot clean up, nor say a last word. */
  async kill(): Promise<void> {
    this.wasKilled = true;
    if (this.#isRunning) {
      this.#child.kill('SIGKILL');
      await once(this.#child, 'exit');
    }
    this.#endTrial(now());
    this.history.become('killed', now());
  }

  /** Lets it end what it has begun. */
  async end(): Promise<void> {
    if (!this.#isRunning) return;
    const ended = once(this.#child, 'exit');
    this.tell('end');
    await ended;
  }

  #hear(news: News): void {
    switch (news.type) {
      case 'before-call':
        this.made++;
        if (news.trial) this.trials.push({ from: news.at, to: undefined });
        break;
      case 'success':
        this.answered++;
        if (news.trial) this.#endTrial(news.at);
        break;
      case 'failure':
        this.failed++;
        if (news.trial) this.failedTrials++;
        if (news.trial) this.#endTrial(news.at);
        break;
      case 'reject':
        this.rejected++;
        break;
      case 'state-change':
        this.state = news.to;
        this.scope = news.scope;
    }
    this.history.become(this.isInTrial ? 'trial' : this.state, news.at);
  }

  #endTrial(at: number): void {
    const trial = this.trials.at(-1);
    if (trial !== undefined) trial.to ??= at;
  }
}
