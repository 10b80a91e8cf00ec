import type { Command, Connection } from './connection/connection.js';
import type { Keys } from './keys.js';
import { endWatch, lookAndWatch } from './look.js';
import { recordOf, textOf } from './record-text.js';
import { runChanges, type Writing } from './update.js';
import type { Group } from './update-queue.js';

/** How records are written. */
export interface Writer {
  readonly keys: Keys;
  readonly idleTtlMs: number;
}

/** Nobody waits for longer, and Redis counts in 64 bits. */
const LONGEST_TTL_MS = Number.MAX_SAFE_INTEGER / 2;

/**
 * Replaces the records of a group in two round trips: `WATCH`, `GET` and `TIME` in one write, `MULTI` to `EXEC` in the other. Settles
 * what it has brought to an end.
 *
 * The connection must be given to nothing else that watches or writes: `EXEC` ends the watch of all keys of a connection.
 *
 * @returns what lost the race, and is to be tried again
 * @throws Setback
 */
export async function transact(connection: Connection, group: Group, writer: Writer): Promise<Group> {
  const { keys } = writer;
  const { texts, now } = await watch(connection, group, writer);
  const writings = new Map<string, Writing>();
  for (const [name, text] of texts) {
    const updates = group.get(name) ?? [];
    const writing = runChanges(updates, text, now);
    if (writing !== undefined) writings.set(name, writing);
    else for (const update of updates) update.resolve({ record: recordOf(text), now });
  }
  if (writings.size === 0) {
    endWatch(connection);
    return new Map();
  }

  const written: Group = new Map([...group].filter(([name]) => writings.has(name)));
  const updates = [...written.values()].flat();
  for (const update of updates) update.isInDoubt = true;
  const commands = [...writings].flatMap(([name, { text, keepUntilAt }]): Command[] => [
    ['set', keys.of(name), text, ...expiry(keepUntilAt, now, writer.idleTtlMs)],
    ['publish', keys.channelOf(name), text],
  ]);
  const isCommitted = await connection.commit(commands);
  if (!isCommitted) {
    for (const update of updates) update.loseRace();
    return written;
  }
  for (const [name, { text }] of writings) {
    for (const update of written.get(name) ?? []) update.resolve({ record: recordOf(text), now });
  }
  return new Map();
}

/** What is stored now; what cannot be read is rejected, and left out. */
async function watch(connection: Connection, group: Group, { keys }: Writer) {
  const names = [...group.keys()];
  const { replies, now } = await lookAndWatch(
    connection,
    names.map((name) => keys.of(name)),
  );
  const texts = new Map<string, string | undefined>();
  replies.forEach((reply, index) => {
    const name = names[index] as string;
    try {
      texts.set(name, textOf(reply, keys.of(name)));
    } catch (error) {
      for (const update of group.get(name) ?? []) update.reject(error);
    }
  });
  return { texts, now };
}

/** A record is kept as long as it must be, and a while at least; for ever where it does not say. */
function expiry(keepUntilAt: unknown, now: number, idleTtlMs: number): (string | number)[] {
  if (typeof keepUntilAt !== 'number' || !Number.isFinite(keepUntilAt)) return [];
  const ttlMs = Math.ceil(Math.max(keepUntilAt - now, idleTtlMs));
  return ttlMs > LONGEST_TTL_MS ? [] : ['PX', ttlMs];
}
