import type { CircuitRecord } from '@breaker/core';
import type { Reply } from './connection/connection.js';
import { RedisStorageError } from './redis-storage-error.js';

/**
 * Reads what GET has replied.
 *
 * @returns a record's JSON, or `undefined` where there is none
 * @throws RedisStorageError where it is no string, or no JSON
 */
export function textOf([error, value]: Reply, key: string): string | undefined {
  if (error) throw unreadable(key, 'no string', error);
  if (value === null) return undefined;
  const text = String(value);
  try {
    JSON.parse(text);
  } catch (cause) {
    throw unreadable(key, 'no JSON', cause);
  }
  return text;
}

/** Gives a copy of a record. */
export function recordOf(text: string | undefined): unknown {
  return text === undefined ? undefined : JSON.parse(text);
}

/** @throws TypeError for what JSON makes no object of */
export function textOfRecord(record: CircuitRecord): string {
  const text: string | undefined = JSON.stringify(record);
  if (text?.startsWith('{')) return text;
  throw new TypeError(`A record must be an object, but is ${String(text).slice(0, 80)}`);
}

function unreadable(key: string, what: string, cause: unknown): RedisStorageError {
  return new RedisStorageError(`What Redis keeps under ${key} is ${what}`, {
    reason: 'unreadable',
    mayHaveBeenApplied: false,
    cause,
  });
}
