import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { until } from '@breaker/redis-server-for-tests';
import type { Shown } from '../history/history-event.js';
import type { Dependency } from '../member/dependency.js';
import type { MemberSettings } from '../member/member-settings.js';
import type { News, Order, Ruling } from '../member/order.js';
import type { MemberNetwork } from '../servers/member-network.js';

const SETPRIV = '/usr/bin/setpriv';
const START_MS = 30_000;
const END_MS = 10_000;

/** A process of the fleet, seen from outside: what it has told, and what can be done to it. */
export class Member {
  /** What it last told that it shows; `undefined` before it is ready. */
  shown: Shown | undefined = undefined;
  /** How many trials it has begun, its own circuit's included. */
  trials = 0;
  /** How often it has lost the storage. */
  degradations = 0;
  isDegraded = false;
  isFrozen = false;
  /** Whether it has been killed, or has ended. */
  isOver = false;
  readonly #child: ChildProcess;
  readonly #questions = new Map<number, Question>();
  #asked = 0;

  private constructor(
    readonly name: string,
    readonly network: MemberNetwork,
    child: ChildProcess,
  ) {
    this.#child = child;
    child.on('message', (news: News) => this.#hear(news));
    child.on('exit', () => {
      this.isOver = true;
      for (const { reject } of this.#questions.values()) reject(new Error(`${name} has ended before it answered`));
    });
  }

  /** @param script - the file that it runs */
  static async start(settings: MemberSettings, network: MemberNetwork, script: string): Promise<Member> {
    const words = [process.execPath];
    // A test that is killed must leave no process behind, not even one that stands still.
    if (existsSync(SETPRIV)) words.unshift(SETPRIV, '--pdeathsig', 'KILL');
    const [execPath = '', ...execArgv] = words;
    const child = fork(script, [JSON.stringify(settings)], { execPath, execArgv });
    const member = new Member(settings.name, network, child);
    await until(`${settings.name} is ready`, () => member.shown !== undefined, START_MS);
    return member;
  }

  get state(): string | undefined {
    return this.shown?.state;
  }

  get scope(): string | undefined {
    return this.shown?.scope;
  }

  /** Says what its calls shall meet from now on. */
  meet(dependency: Dependency): void {
    this.#order({ type: 'meet', dependency });
  }

  /** Rules by hand; gives what went wrong, where something did. */
  async rule(ruling: Ruling): Promise<string | undefined> {
    return (await this.#ask((question) => ({ type: 'rule', question, ruling }))).error;
  }

  /** Asks what it shows now. */
  async look(): Promise<Shown> {
    return (await this.#ask((question) => ({ type: 'show', question }))).shown;
  }

  /** Stops it in its tracks. */
  freeze(): void {
    this.isFrozen = this.#child.kill('SIGSTOP');
  }

  thaw(): void {
    this.#child.kill('SIGCONT');
    this.isFrozen = false;
  }

  async kill(): Promise<void> {
    if (this.isOver) return;
    const ended = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await ended;
  }

  /** Tells it to let go of everything; gives its exit code, `undefined` where it would not end by itself and was killed. */
  async end(): Promise<number | null | undefined> {
    if (this.isOver) return undefined;
    this.#order({ type: 'end' });
    try {
      await until(`${this.name} has ended`, () => this.isOver, END_MS);
      return this.#child.exitCode;
    } catch {
      await this.kill();
      return undefined;
    }
  }

  #order(order: Order): void {
    if (this.#child.connected) this.#child.send(order);
  }

  #ask(orderOf: (question: number) => Order): Promise<Answer> {
    const question = ++this.#asked;
    return new Promise((resolve, reject) => {
      if (this.isOver) throw new Error(`${this.name} is over`);
      this.#questions.set(question, { resolve, reject });
      this.#order(orderOf(question));
    });
  }

  #hear(news: News): void {
    switch (news.type) {
      case 'trial':
        this.trials++;
        break;
      case 'degraded':
        this.degradations++;
        this.isDegraded = true;
        break;
      case 'recovered':
        this.isDegraded = false;
        break;
      case 'answer':
        this.shown = news.shown;
        this.#questions.get(news.question)?.resolve(news);
        this.#questions.delete(news.question);
        break;
      default:
        this.shown = news.shown;
    }
  }
}

type Answer = Extract<News, { type: 'answer' }>;

interface Question {
  resolve(answer: Answer): void;
  reject(error: Error): void;
}
