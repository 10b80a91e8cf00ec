import type { Redis } from 'ioredis';
import { Deadline } from '../deadline.js';
import { deferred } from '../deferred.js';
import { isReply, Setback, setbackOfReply } from '../setback.js';

/** By the name that ioredis gives it, which is in lower case. */
export type Command = readonly [name: string, ...args: (string | number)[]];

/** What a server has replied to one command. */
export type Reply = readonly [error: Error | null, value: unknown];

/** A connection that is used until its first failure, and then never again. Keeps the process alive only while an answer is awaited. */
export class Connection {
  readonly #waiting = new Set<(setback: Setback) => void>();
  #end: Setback | undefined = undefined;
  #onEnd: () => void = () => {};

  private constructor(
    readonly redis: Redis,
    readonly timeoutMs: number,
    /** Whether the server is asked for keys of a slot that is still on its way to it. */
    readonly isAsking: boolean,
  ) {
    redis.on('error', (cause) => this.end(isReply(cause) ? setbackOfReply(cause) : new Setback('lost', { cause })));
    redis.on('end', () => this.end(new Setback('lost', { cause: new Error('The connection was closed') })));
  }

  /** @throws Setback where it is not ready in time */
  static async open(redis: Redis, timeoutMs: number, isAsking = false): Promise<Connection> {
    const connection = new Connection(redis, timeoutMs, isAsking);
    await connection.#await(() => redis.connect());
    redis.stream.unref?.();
    return connection;
  }

  get isOpen(): boolean {
    return this.#end === undefined && this.redis.status === 'ready' && this.redis.stream.writable;
  }

  /**
   * Sends commands in one write, and gives the replies to all of them.
   *
   * @throws Setback where the connection is lost, or time is up
   */
  async exchange(commands: readonly Command[]): Promise<readonly Reply[]> {
    return this.#send(async () => {
      const replies = (await this.redis.pipeline(copyOf(commands)).exec()) as readonly Reply[];
      for (const [error] of replies) if (error !== null && !isReply(error)) throw error;
      return replies;
    });
  }

  /**
   * Sends a transaction in one write.
   *
   * @returns whether it has taken place; it has not where a watched key was written meanwhile
   * @throws Setback
   */
  async commit(commands: readonly Command[]): Promise<boolean> {
    if (!this.isOpen) throw this.#lost(false);
    try {
      const results = await this.#send(() => {
        if (this.isAsking) this.redis.call('ASKING').catch(() => undefined);
        return this.redis.multi(copyOf(commands)).exec();
      });
      const [error] = results?.find(([failed]) => failed !== null) ?? [];
      if (error) throw new Setback('refused', { mayHaveBeenApplied: true, cause: error });
      return results !== null;
    } catch (error) {
      // A server's word says that the transaction was discarded; silence does not.
      if (error instanceof Setback && error.kind === 'lost') throw this.#lost(true);
      throw error;
    }
  }

  /** Ends it, for a reason that those who wait for an answer are told. */
  end(setback: Setback): void {
    if (this.#end !== undefined) return;
    this.#end = setback;
    for (const fail of this.#waiting) fail(setback);
    this.redis.disconnect();
    (this.redis.stream as Redis['stream'] | undefined)?.destroy();
    this.#onEnd();
  }

  /** Calls back when it ends; at once where it has. */
  onEnd(run: () => void): void {
    this.#onEnd = run;
    if (this.#end !== undefined) run();
  }

  async #send<T>(send: () => Promise<T>): Promise<T> {
    if (!this.isOpen) throw this.#lost(false);
    if (this.#waiting.size === 0) this.redis.stream.ref?.();
    try {
      return await this.#await(send);
    } finally {
      if (this.#waiting.size === 0 && this.isOpen) this.redis.stream.unref?.();
    }
  }

  /** Waits for an answer, but not for longer than there is time, nor than there is a connection. */
  async #await<T>(ask: () => Promise<T>): Promise<T> {
    const { promise: ended, reject: fail } = deferred<never>();
    this.#waiting.add(fail);
    const deadline = new Deadline(this.timeoutMs, () => {
      const cause = new Error(`No answer in ${this.timeoutMs} ms`);
      this.end(new Setback('lost', { reason: 'timeout', cause }));
    });
    try {
      return await Promise.race([ended, ask()]);
    } catch (error) {
      throw this.#setbackOf(error);
    } finally {
      deadline.cancel();
      this.#waiting.delete(fail);
    }
  }

  #setbackOf(error: unknown): Setback {
    if (error instanceof Setback) return error;
    // What a transaction was discarded for is told by the command that could not be queued.
    const [first] = (error as { readonly previousErrors?: readonly Error[] }).previousErrors ?? [];
    const cause = first ?? error;
    if (isReply(cause)) return setbackOfReply(cause);
    this.end(new Setback('lost', { cause }));
    return this.#lost(false);
  }

  #lost(mayHaveBeenApplied: boolean): Setback {
    const { reason = 'unavailable', cause } = this.#end ?? { cause: new Error('The connection was closed') };
    return new Setback('lost', { reason, mayHaveBeenApplied, cause });
  }
}

function copyOf(commands: readonly Command[]): (string | number)[][] {
  return commands.map((command) => [...command]);
}
