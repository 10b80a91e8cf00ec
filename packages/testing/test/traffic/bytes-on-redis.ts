/** As long as the names of `pnpm costs fleets`, so that both can be compared. */
const KEY = 'breaker:{costs-12345-1795480257845}:fleet-1000-outcomes';
const CHANNEL = `${KEY}@0`;

const OK = '+OK\r\n'.length;
const QUEUED = '+QUEUED\r\n'.length;
const EXECUTED = '*2\r\n+OK\r\n:32\r\n'.length;
const NOTHING = '_\r\n'.length;
const TIME = commandBytes('1795480257', '845648');
const PING = commandBytes('ping') + '+PONG\r\n'.length;

/** A process sends one on each of its two connections every two seconds. */
export const PING_BYTES_PER_SECOND = PING;

/** A record is asked for, and answered with the time. */
export function readBytes(record: unknown): number {
  return commandBytes('get', KEY) + commandBytes('time') + replyBytes(record) + TIME;
}

/** The record is watched and read; what is to be written is sent with its `EXEC`, or else nothing is watched any more. */
export function changeBytes(record: unknown, changed: unknown): number {
  const watched = commandBytes('watch', KEY) + OK + readBytes(record);
  if (changed === undefined) return watched + commandBytes('unwatch') + OK;
  const text = JSON.stringify(changed);
  const written = commandBytes('set', KEY, text, 'PX', '70000') + commandBytes('publish', CHANNEL, text) + 2 * QUEUED;
  return watched + commandBytes('multi') + OK + written + commandBytes('exec') + EXECUTED;
}

/** A record is brought to one subscriber. */
export function pushBytes(record: unknown): number {
  return commandBytes('message', CHANNEL, JSON.stringify(record));
}

function replyBytes(record: unknown): number {
  return record === undefined ? NOTHING : textBytes(JSON.stringify(record));
}

/** An array of texts, as Redis sends them either way. */
function commandBytes(...texts: readonly string[]): number {
  return texts.reduce((sum, text) => sum + textBytes(text), `*${texts.length}\r\n`.length);
}

function textBytes(text: string): number {
  const length = Buffer.byteLength(text);
  return `$${length}\r\n`.length + length + 2;
}
