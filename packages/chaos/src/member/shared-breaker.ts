import { CircuitBreaker, type CircuitListener } from '@breaker/core';
import { RedisStorage } from '@breaker/redis';
import type { HistoryFile } from '../history/history-file.js';
import { clientOf } from './address.js';
import type { Flaws } from './flaws.js';
import { breakerOptions, type MemberSettings } from './member-settings.js';
import { RecordingStorage } from './recording-storage.js';

// The defaults, which is what they are at the pace of 1.
const STORAGE_TIMEOUT_MS = 500;
const TIMEOUT_MS = 400;

/** A breaker on real servers, and all that must be let go with it. */
export interface SharedBreaker {
  readonly breaker: CircuitBreaker;
  /** Lets go of the breaker, its storage and its client, as an application would at its end. */
  close(): Promise<void>;
}

export function shareBreaker(
  settings: MemberSettings,
  history: HistoryFile,
  listener: CircuitListener,
  { above = (storage) => storage, below = (_settings, storage) => storage }: Flaws,
): SharedBreaker {
  const client = clientOf(settings.address);
  client.on('error', () => undefined);
  const redis = new RedisStorage(client, { namespace: settings.namespace, timeoutMs: TIMEOUT_MS * settings.pace });
  const breaker = new CircuitBreaker(settings.circuit, {
    storageTimeoutMs: STORAGE_TIMEOUT_MS * settings.pace,
    ...breakerOptions(settings.breaker),
    storage: above(new RecordingStorage(below(settings, redis), history)),
    listeners: [listener],
  });
  return {
    breaker,
    async close() {
      history.write({ type: 'disposing' });
      await breaker.dispose();
      await redis.close();
      client.disconnect();
    },
  };
}
