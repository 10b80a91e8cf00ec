import { RedisStorageError } from './redis-storage-error.js';

type Kind =
  /** The connection was lost, or there is none to be had. */
  | 'lost'
  /** Another server of the Cluster has the slot now. */
  | 'moved'
  /** Another server of the Cluster has this key already, in a slot that is on its way. */
  | 'ask'
  /** The keys of a slot that is on its way lie on two servers. */
  | 'split'
  /** The server has refused. */
  | 'refused';

interface SetbackFacts {
  readonly reason?: 'timeout' | 'unavailable';
  readonly mayHaveBeenApplied?: boolean;
  readonly address?: string;
  readonly cause: unknown;
}

const REDIRECTIONS: Readonly<Record<string, Kind>> = { MOVED: 'moved', ASK: 'ask', TRYAGAIN: 'split' };

/** Why an exchange with a server came to nothing. */
export class Setback extends Error {
  readonly reason: 'timeout' | 'unavailable';
  readonly mayHaveBeenApplied: boolean;
  /** Where the Cluster has sent us. */
  readonly address: string;

  constructor(
    readonly kind: Kind,
    { reason = 'unavailable', mayHaveBeenApplied = false, address = '', cause }: SetbackFacts,
  ) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.reason = reason;
    this.mayHaveBeenApplied = mayHaveBeenApplied;
    this.address = address;
    // What ioredis has sent, a password perhaps, has no place in an error that is logged.
    delete (Object(cause) as { command?: unknown }).command;
  }

  /** What was thrown, as a setback: what is none yet, such as options that ioredis refuses, will not be better the next time. */
  static of(error: unknown): Setback {
    return error instanceof Setback ? error : new Setback('refused', { cause: error });
  }

  /** What the caller is told. */
  toError(): RedisStorageError {
    const { reason, mayHaveBeenApplied, cause } = this;
    const what = this.kind === 'refused' ? 'Redis has refused' : 'Redis cannot be reached';
    const message = reason === 'timeout' ? 'Redis did not answer in time' : `${what}: ${this.message}`;
    return new RedisStorageError(message, { reason, mayHaveBeenApplied, cause });
  }
}

/** Understands a server's error reply. */
export function setbackOfReply(error: Error): Setback {
  const [code = '', , address = ''] = error.message.split(' ');
  return new Setback(REDIRECTIONS[code] ?? 'refused', { address, cause: error });
}

/** Whether it is a server's word, and no failure of the connection. */
export function isReply(error: unknown): error is Error {
  return error instanceof Error && error.name === 'ReplyError';
}
