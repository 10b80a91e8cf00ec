/** A Redis that the processes can share a circuit through. */
export interface FoundRedis {
  readonly url: string;
  /** For people: where it is, without user and password. */
  readonly place: string;
  close(): void;
}

/** Says why there is none, and what to do about it. */
export class NoRedisError extends Error {
  override readonly name = 'NoRedisError';
}
