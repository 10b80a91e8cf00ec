import type { StorageFault } from '@breaker/core';

/** What a `RedisStorageError` says. */
export interface RedisStorageErrorFacts extends Required<StorageFault> {
  readonly cause?: unknown;
}

/** Redis did not do what it was asked. */
export class RedisStorageError extends Error implements StorageFault {
  override readonly name = 'RedisStorageError';
  readonly code = 'ERR_REDIS_STORAGE';
  /**
   * - `timeout`: it did not answer in time;
   * - `conflict`: others wrote again and again in between;
   * - `unreadable`: what is stored under the key is no JSON, or no string;
   * - `unavailable`: it cannot be reached, or refuses (`READONLY`, `NOAUTH`, `NOPERM`, `OOM` and so on: see `cause`).
   */
  readonly reason: RedisStorageErrorFacts['reason'];
  /** Whether what was asked may have been done all the same, now or later. */
  readonly mayHaveBeenApplied: boolean;

  constructor(message: string, { reason, mayHaveBeenApplied, cause }: RedisStorageErrorFacts) {
    super(message, cause === undefined ? undefined : { cause });
    this.reason = reason;
    this.mayHaveBeenApplied = mayHaveBeenApplied;
  }
}
