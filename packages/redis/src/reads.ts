import type { StoredRecord } from '@breaker/core';
import type { Reply } from './connection/connection.js';
import type { Link } from './connection/link.js';
import type { Keys } from './keys.js';
import { look } from './look.js';
import { nextTurn } from './next-turn.js';
import { Operation } from './operation.js';
import { recordOf, textOf } from './record-text.js';
import type { Setback } from './setback.js';
import { withConnection } from './with-connection.js';

/** Reads records; what is asked for in one turn of the event loop shares a round trip. */
export class Reads {
  #waiting: Read[] = [];

  constructor(
    readonly link: Link,
    readonly keys: Keys,
    readonly timeoutMs: number,
  ) {}

  read(name: string): Promise<StoredRecord> {
    const read = new Read(this.keys.of(name), this.timeoutMs);
    this.#ask(read);
    return read.result;
  }

  #ask(read: Read): void {
    if (this.#waiting.push(read) === 1) void nextTurn().then(() => this.#attemptAll());
  }

  async #attemptAll(): Promise<void> {
    const all = this.#waiting.filter(({ isSettled }) => !isSettled);
    this.#waiting = [];
    const together = all.filter(({ isAlone }) => !isAlone);
    const alone = all.filter(({ isAlone }) => isAlone).map((read) => [read]);
    await Promise.all([together, ...alone].map((reads) => this.#attempt(reads)));
  }

  async #attempt(reads: readonly Read[]): Promise<void> {
    const [first] = reads;
    if (first === undefined) return;
    try {
      const keys = reads.map(({ key }) => key);
      const { replies, now } = await withConnection(this.link, first.askAt, (connection) => look(connection, keys));
      replies.forEach((reply, index) => {
        reads[index]?.take(reply, now);
      });
    } catch (error) {
      for (const read of reads) if (read.survives(error as Setback, reads.length === 1)) this.#ask(read);
    }
  }
}

class Read extends Operation {
  constructor(
    readonly key: string,
    timeoutMs: number,
  ) {
    super(timeoutMs);
  }

  take(reply: Reply, now: number): void {
    try {
      this.resolve({ record: recordOf(textOf(reply, this.key)), now });
    } catch (error) {
      this.reject(error);
    }
  }
}
