import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PROGRAM = fileURLToPath(new URL('../dist/main.js', import.meta.url));

/** The built program under way. */
export class Program {
  /** Where it keeps what it needs: nothing is left there at the end. */
  readonly folder = mkdtempSync(join(tmpdir(), 'breaker-costs-'));
  output = '';
  readonly #child: ChildProcess;
  readonly #end: Promise<unknown[]>;

  /** @param url - of a server that it is to use; without one it starts its own */
  constructor(args: readonly string[], url?: string) {
    const { REDIS_URL: _, ...inherited } = process.env;
    const given = url === undefined ? {} : { REDIS_URL: url };
    this.#child = spawn(process.execPath, [PROGRAM, ...args], { env: { ...inherited, ...given, TMPDIR: this.folder } });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.on('data', (text) => {
        this.output += text;
      });
    }
    this.#end = once(this.#child, 'close');
  }

  /** Gives its exit code, or the signal that has ended it. */
  async end(): Promise<number | NodeJS.Signals> {
    const [code, signal] = await this.#end;
    return (code ?? signal) as number | NodeJS.Signals;
  }

  kill(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  /** The processes that it has started, by their ids. */
  children(): number[] {
    return running()
      .filter(({ parent }) => parent === this.#child.pid)
      .map(({ id }) => id);
  }
}

/** Those of some processes that have not ended. */
export function stillRunning(ids: readonly number[]): number[] {
  return running()
    .map(({ id }) => id)
    .filter((id) => ids.includes(id));
}

function running(): { id: number; parent: number }[] {
  const lines = execFileSync('ps', ['-eo', 'pid=,ppid=,stat='], { encoding: 'utf8' }).trim().split('\n');
  return lines
    .map((line) => line.trim().split(/\s+/))
    .filter(([, , state]) => !state?.startsWith('Z'))
    .map(([id, parent]) => ({ id: Number(id), parent: Number(parent) }));
}
