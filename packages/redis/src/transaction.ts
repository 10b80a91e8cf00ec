import type { Command, Connection, Reply } from './connection/connection.js';
import type { Keys } from './keys.js';
import { endWatch, lookAndWatch } from './look.js';
import { recordOf, textOf } from './record-text.js';
import { runChanges, type Update, type Writing } from './update.js';
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
  const { entries, now } = await watch(connection, group, writer);
  const writings: (Writing & { readonly name: string; readonly updates: Update[] })[] = [];
  for (const { name, updates, text } of entries) {
    const writing = runChanges(updates, text, now);
    if (writing === undefined) resolveAll(updates, text, now);
    else writings.push({ ...writing, name, updates });
  }
  if (writings.length === 0) {
    endWatch(connection);
    return new Map();
  }

  for (const { updates } of writings) for (const update of updates) update.isInDoubt = true;
  const commands = writings.flatMap(({ name, text, keepUntilAt }): Command[] => [
    ['set', writer.keys.of(name), text, ...expiry(keepUntilAt, now, writer.idleTtlMs)],
    ['publish', writer.keys.channelOf(name), text],
  ]);
  const isCommitted = await connection.commit(commands);
  for (const { updates, text } of writings) {
    if (isCommitted) resolveAll(updates, text, now);
    else for (const update of updates) update.loseRace();
  }
  return new Map(isCommitted ? [] : writings.map(({ name, updates }) => [name, updates]));
}

/** What is stored now; what cannot be read is rejected, and left out. */
async function watch(connection: Connection, group: Group, { keys }: Writer) {
  const asked = [...group].map(([name, updates]) => ({ name, updates, key: keys.of(name) }));
  const { replies, now } = await lookAndWatch(
    connection,
    asked.map(({ key }) => key),
  );
  const entries: { readonly name: string; readonly updates: Update[]; readonly text: string | undefined }[] = [];
  asked.forEach(({ name, updates, key }, index) => {
    try {
      entries.push({ name, updates, text: textOf(replies[index] as Reply, key) });
    } catch (error) {
      for (const update of updates) update.reject(error);
    }
  });
  return { entries, now };
}

function resolveAll(updates: readonly Update[], text: string | undefined, now: number): void {
  for (const update of updates) update.resolve({ record: recordOf(text), now });
}

/** A record is kept as long as it must be, and a while at least; for ever where it does not say. */
function expiry(keepUntilAt: unknown, now: number, idleTtlMs: number): (string | number)[] {
  if (typeof keepUntilAt !== 'number' || !Number.isFinite(keepUntilAt)) return [];
  const ttlMs = Math.ceil(Math.max(keepUntilAt - now, idleTtlMs));
  return ttlMs > LONGEST_TTL_MS ? [] : ['PX', ttlMs];
}
