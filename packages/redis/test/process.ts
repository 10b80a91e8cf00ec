import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { until } from '@breaker/redis-server-for-tests';
import { program } from './program.js';
import type { Dependency, News } from './programs/member.js';

const { path, nodeArguments, folder } = program('member.ts');

/** A process of its own that makes calls through the shared circuit. */
export class Process {
  state: string | undefined = undefined;
  scope: string | undefined = undefined;
  trials = 0;
  degraded = 0;
  readonly #child: ChildProcess;

  private constructor(port: number) {
    this.#child = fork(path, [String(port)], { execArgv: nodeArguments, cwd: folder });
    this.#child.on('message', (news: News) => this.#hear(news));
  }

  static async start(port: number): Promise<Process> {
    const started = new Process(port);
    await until('a process has started', () => started.state !== undefined, 15_000);
    return started;
  }

  /** Says what its calls shall meet from now on. */
  meet(dependency: Dependency): void {
    this.#child.send(dependency);
  }

  freeze(): void {
    this.#child.kill('SIGSTOP');
  }

  thaw(): void {
    this.#child.kill('SIGCONT');
  }

  async kill(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    this.#child.kill('SIGKILL');
    await once(this.#child, 'exit');
  }

  #hear(news: News): void {
    if (news.type === 'trial') this.trials++;
    else if (news.type === 'degraded') this.degraded++;
    else Object.assign(this, { state: news.state, scope: news.scope });
  }
}
