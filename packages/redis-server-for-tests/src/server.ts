import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { findServerProgram } from './find-server-program.js';
import { freePort } from './free-port.js';
import { until } from './until.js';

/** A server of the test's own, with nothing on disk. Ends with the test's process, however that ends. */
export interface ServerForTests {
  readonly port: number;
  /** Runs a command as an administrator, on a connection of its own. */
  command(name: string, ...args: readonly (string | number)[]): Promise<unknown>;
  /** Stops it in its tracks: it keeps its connections, and answers nothing. */
  freeze(): void;
  thaw(): void;
  /** Kills it. */
  kill(): Promise<void>;
  /** Starts it again, empty, on the same port. */
  restart(): Promise<void>;
  /** Ends it for good. */
  stop(): Promise<void>;
}

/** @param settings - of the server's configuration, as on its command line, without the dashes */
export async function startServer(settings: Readonly<Record<string, string>> = {}): Promise<ServerForTests> {
  return startOnFreePort(async (port) => {
    const folder = await mkdtemp(join(tmpdir(), 'breaker-redis-'));
    const all = { port: String(port), bind: '127.0.0.1', dir: folder, save: '', appendonly: 'no', ...settings };
    const words = Object.entries(all).flatMap(([name, value]) => [`--${name}`, ...valuesOf(value)]);
    return new Server(port, folder, words, settings.requirepass);
  });
}

/** @param lines - of the Sentinel's configuration file, which it rewrites */
export async function startSentinelServer(lines: readonly string[]): Promise<ServerForTests> {
  return startOnFreePort(async (port) => {
    const folder = await mkdtemp(join(tmpdir(), 'breaker-sentinel-'));
    const file = join(folder, 'sentinel.conf');
    await writeFile(file, [`port ${port}`, 'bind 127.0.0.1', `dir ${folder}`, ...lines, ''].join('\n'));
    return new Server(port, folder, [file, '--sentinel']);
  });
}

/** Another process may take a port that was free a moment ago: then it is tried with another one, twice at most. */
async function startOnFreePort(prepare: (port: number) => Promise<Server>, retries = 2): Promise<ServerForTests> {
  const server = await prepare(await freePort());
  try {
    await server.restart();
    return server;
  } catch (error) {
    await server.stop();
    if (retries === 0) throw error;
    return startOnFreePort(prepare, retries - 1);
  }
}

const SETPRIV = '/usr/bin/setpriv';

class Server implements ServerForTests {
  #process: ChildProcess | undefined;
  #administrator: Redis | undefined;
  #output = '';

  constructor(
    readonly port: number,
    readonly folder: string,
    readonly args: readonly string[],
    readonly password?: string,
  ) {}

  async restart(): Promise<void> {
    const program = await findServerProgram();
    const command = [program.path, ...this.args];
    // A test that is killed must leave no server behind.
    if (existsSync(SETPRIV)) command.unshift(SETPRIV, '--pdeathsig', 'KILL');
    const [path = '', ...args] = command;
    const process_ = spawn(path, args, { env: { ...process.env, ...program.environment } });
    for (const stream of [process_.stdout, process_.stderr]) {
      stream.on('data', (text) => {
        this.#output = `${this.#output}${text}`.slice(-4_000);
      });
    }
    let hasEnded = false;
    process_.once('close', () => {
      hasEnded = true;
    });
    for (const handle of [process_, process_.stdin, process_.stdout, process_.stderr]) {
      (handle as { unref?: () => void }).unref?.();
    }
    this.#process = process_;
    await until(`a server on port ${this.port}`, () => hasEnded || this.#answers());
    if (hasEnded) throw new Error(`The server on port ${this.port} has ended:\n${this.#output}`);
  }

  async command(name: string, ...args: readonly (string | number)[]): Promise<unknown> {
    this.#administrator ??= this.#connect();
    return this.#administrator.call(name, ...args);
  }

  freeze(): void {
    this.#process?.kill('SIGSTOP');
  }

  thaw(): void {
    this.#process?.kill('SIGCONT');
  }

  async kill(): Promise<void> {
    const running = this.#process;
    this.#process = undefined;
    this.#administrator?.disconnect();
    this.#administrator = undefined;
    if (running === undefined || running.exitCode !== null || running.signalCode !== null) return;
    const ended = new Promise((resolve) => running.once('exit', resolve));
    running.ref(); // it was let go of, but now it is waited for
    running.kill('SIGKILL');
    await ended;
  }

  async stop(): Promise<void> {
    await this.kill();
    await rm(this.folder, { recursive: true, force: true });
  }

  async #answers(): Promise<boolean> {
    const reply = await this.command('PING').catch((error: Error) => {
      // A server that wants a password is a server.
      if (error.message.startsWith('NOAUTH') || error.message.startsWith('LOADING')) return 'PONG';
      this.#administrator?.disconnect();
      this.#administrator = undefined;
      throw error;
    });
    return reply === 'PONG';
  }

  #connect(): Redis {
    const redis = new Redis({
      port: this.port,
      host: '127.0.0.1',
      ...(this.password === undefined ? {} : { password: this.password }),
      retryStrategy: () => null,
      enableReadyCheck: false,
      disconnectTimeout: 1,
    });
    redis.on('error', () => undefined);
    redis.on('end', () => {
      if (this.#administrator === redis) this.#administrator = undefined;
    });
    return redis;
  }
}

function valuesOf(value: string): string[] {
  return value === '' ? [''] : value.split(' ');
}
