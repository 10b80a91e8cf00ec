import type { RedisOptions } from 'ioredis';
import { LONGEST_TIMER_MS } from '../deadline.js';

/** Several Sentinels, or a Cluster's servers, must have their turn within one time-out. */
const SHARE_OF_TIMEOUT = 4;

/**
 * What a connection of our own must not inherit from the client that was given.
 *
 * Above all it never reconnects: ioredis would do so between WATCH and EXEC, and then commit unguarded. Nor does it send anything
 * twice, or later.
 */
export function connectionOptions(given: RedisOptions, timeoutMs: number): RedisOptions {
  const hasSentinels = Boolean(given.sentinels);
  const longestMs = Math.min(timeoutMs, LONGEST_TIMER_MS);
  const shareMs = Math.ceil(longestMs / SHARE_OF_TIMEOUT);
  return {
    lazyConnect: true,
    retryStrategy: () => null,
    reconnectOnError: null,
    autoResendUnfulfilledCommands: false,
    autoResubscribe: false,
    enableOfflineQueue: false,
    enableAutoPipelining: false,
    commandTimeout: undefined,
    socketTimeout: undefined,
    blockingTimeout: undefined,
    keyPrefix: '',
    readOnly: false,
    monitor: false,
    stringNumbers: false,
    replyMapping: 'legacy',
    himportFieldsets: undefined,
    // A script may have the name of a command that is used.
    scripts: undefined,
    noDelay: true,
    connectTimeout: hasSentinels ? shareMs : longestMs,
    disconnectTimeout: 1,
    maxLoadingRetryTime: shareMs,
    // It asks a server for its role, which is what Sentinel's word is checked by; else a round trip can be saved.
    enableReadyCheck: hasSentinels,
    role: 'master',
    sentinelRetryStrategy: () => null,
    sentinelCommandTimeout: shareMs,
    failoverDetector: false,
  };
}
