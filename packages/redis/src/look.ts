import type { Command, Connection, Reply } from './connection/connection.js';
import { setbackOfReply } from './setback.js';

/** What the server said of some keys, and when. */
export interface Look {
  /** One for each key; where there is an error, it is of the wrong type. */
  readonly replies: readonly Reply[];
  /** The server's clock, in milliseconds. */
  readonly now: number;
}

/** Reads keys and the clock in one round trip. GET each, since MGET hides a key of another type. */
export function look(connection: Connection, keys: readonly string[]): Promise<Look> {
  return ask(connection, keys, []);
}

/** The same, and watches the keys from then on. What a refusal leaves watched, the next `EXEC` ends: at worst, that is tried again. */
export function lookAndWatch(connection: Connection, keys: readonly string[]): Promise<Look> {
  return ask(connection, keys, [['watch', ...keys]]);
}

/** Watches no key any more. Nobody waits for it: what follows on the connection comes after it. */
export function endWatch(connection: Connection): void {
  connection.exchange([['unwatch']]).catch(() => undefined);
}

/** @throws Setback */
async function ask(connection: Connection, keys: readonly string[], before: readonly Command[]): Promise<Look> {
  const keyed = [...before, ...keys.map((key): Command => ['get', key])];
  const commands = connection.isAsking ? keyed.flatMap((command): Command[] => [['asking'], command]) : keyed;
  const all = await connection.exchange([...commands, ['time']]);
  const replies = connection.isAsking ? all.filter((_, index) => index % 2 === 1) : all.slice(0, -1);
  for (const [refusal] of replies) if (refusal !== null && !isWrongType(refusal)) throw setbackOfReply(refusal);
  return { replies: replies.slice(before.length), now: timeOf(all.at(-1) as Reply) };
}

/** Says that what lies under a key is no string. It concerns that key alone. */
function isWrongType({ message }: Error): boolean {
  return message.startsWith('WRONGTYPE');
}

/** Reads what TIME has replied: seconds and microseconds. */
function timeOf([refusal, value]: Reply): number {
  if (refusal !== null) throw setbackOfReply(refusal);
  const [seconds, microseconds] = value as readonly [unknown, unknown];
  return Number(seconds) * 1_000 + Number(microseconds) / 1_000;
}
