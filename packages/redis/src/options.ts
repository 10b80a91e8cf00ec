import type { Cluster, Redis } from 'ioredis';

/** An ioredis client: of one server, of Sentinel, or of a Cluster. */
export type RedisClient = Redis | Cluster;

/** The options of a `RedisStorage`. */
export interface RedisStorageOptions {
  /** Keeps the circuits of one application, and its stages, apart. Lies in one slot of a Cluster. */
  readonly namespace: string;
  /** How long a record is kept at least after its last write, in milliseconds. Default: 60 000. */
  readonly idleTtlMs?: number | undefined;
  /** How long an operation may take, in milliseconds; somewhat less than the breakers' `storageTimeoutMs`. Default: 400. */
  readonly timeoutMs?: number | undefined;
}

const DEFAULT_IDLE_TTL_MS = 60_000;
const DEFAULT_TIMEOUT_MS = 400;
const KNOWN = ['namespace', 'idleTtlMs', 'timeoutMs'];

/** @throws TypeError or RangeError that names what is wrong, its value and what was expected */
export function resolveOptions(options: unknown): { namespace: string; idleTtlMs: number; timeoutMs: number } {
  if (typeof options !== 'object' || options === null) {
    throw new TypeError(`options must be an object with a namespace, but is ${show(options)}`);
  }
  for (const [key, value] of Object.entries(options)) {
    if (KNOWN.includes(key)) continue;
    throw new TypeError(`options has an unknown key ${show(key)} (${show(value)}), expected: ${KNOWN.join(', ')}`);
  }
  const { namespace, idleTtlMs = DEFAULT_IDLE_TTL_MS, timeoutMs = DEFAULT_TIMEOUT_MS } = options as RedisStorageOptions;
  if (typeof namespace !== 'string' || namespace === '') {
    throw new TypeError(`namespace must be a non-empty string, but is ${show(namespace)}`);
  }
  checkDurationMs('idleTtlMs', idleTtlMs);
  checkDurationMs('timeoutMs', timeoutMs);
  return { namespace, idleTtlMs, timeoutMs };
}

/** Checks a client by what is needed of it, so that one of another copy of ioredis will do. */
export function checkClient(client: unknown): asserts client is RedisClient {
  const { duplicate, options } = Object(client) as Partial<RedisClient>;
  if (typeof duplicate !== 'function' || typeof options !== 'object' || options === null) {
    throw new TypeError(`client must be an ioredis client (Redis or Cluster), but is ${show(client)}`);
  }
  const keyPrefix: unknown = options.keyPrefix ?? '';
  if (typeof keyPrefix !== 'string') throw new TypeError(`keyPrefix must be a string, but is ${show(keyPrefix)}`);
  if (/[{}]/.test(keyPrefix)) {
    throw new RangeError(`keyPrefix must have no brace, which would move the hash tag, but is ${show(keyPrefix)}`);
  }
}

function checkDurationMs(name: string, value: unknown): asserts value is number {
  const expected = `${name} must be a finite number of milliseconds above 0, but is ${show(value)}`;
  if (typeof value !== 'number') throw new TypeError(expected);
  if (!Number.isFinite(value) || value <= 0) throw new RangeError(expected);
}

/** A value as an error message shows it: short, and without calling anything of the value's own. */
function show(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.length > 80 ? `${value.slice(0, 80)}...` : value);
  if (typeof value === 'function') return 'a function';
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? 'an array' : 'an object';
  return String(value);
}
