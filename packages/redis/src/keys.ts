/** Where the records of a namespace lie. */
export interface Keys {
  /** The key of a record. People can read it with redis-cli, and no two pairs of namespace and name share one. */
  of(name: string): string;
  /** The channel that a record is published on. PUBLISH knows no databases, so the channel names its own. */
  channelOf(name: string): string;
}

export function keysOf(namespace: string, keyPrefix: string, database: number): Keys {
  // The braces are a hash tag: all of a namespace lies in one slot of a Cluster, so that one transaction can take many records.
  const start = `${keyPrefix}breaker:{${escaped(namespace)}}:`;
  const of = (name: string) => `${start}${escaped(name)}`;
  return { of, channelOf: (name) => `${of(name)}@${database}` };
}

/** Braces, what cannot be seen, and halves of surrogate pairs, which UTF-8 would make all the same. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is to be escaped
const ESCAPED = /[\u0000-\u0020\u007f-\u00a0\u2028\u2029%{}"\\]|\p{Surrogate}/gu;

function escaped(part: string): string {
  return part.replace(ESCAPED, (character) => `%${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
