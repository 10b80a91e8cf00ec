import { checkCount, checkDurationMs, checkKeys, checkMembers, checkName, optional } from './check.js';
import { CircuitBreaker, circuitOf } from './circuit-breaker.js';
import { asyncDisposeSymbol } from './dispose-symbols.js';
import type { CircuitBreakerOptions } from './options.js';
import { Settings } from './settings.js';

/** How many breakers a registry holds, and for how long. */
export interface CircuitBreakerRegistryOptions {
  /** How many breakers it holds: an integer of at least 1; more only where all are isolated or disabled. Default: 10 000. */
  readonly maxSize?: number | undefined;
  /** Closed breakers unused for so long, in milliseconds, above 0, are dropped at the next `get`. Default: none is. */
  readonly idleMs?: number | undefined;
}

/** The options of every breaker, or a function that gives those of a name. */
export type RegistryBreakerOptions = CircuitBreakerOptions | ((name: string) => CircuitBreakerOptions | undefined);

const LIMITS = optional<CircuitBreakerRegistryOptions>({ maxSize: checkCount, idleMs: checkDurationMs });

interface Entry {
  readonly breaker: CircuitBreaker;
  usedAt: number;
  /** Its `counts.calls` when it was looked at last: who holds a breaker can use it without asking for it anew. */
  callsSeen: number;
}

/**
 * One breaker for each key (a host, a tenant), made when it is first asked for, and bounded: when there is no more room, the
 * breaker goes that is closed and idle and was asked for the longest ago, then the open one that is due soonest. Isolated and
 * disabled ones never go.
 */
export class CircuitBreakerRegistry implements Iterable<CircuitBreaker>, AsyncDisposable {
  readonly #optionsOf: (name: string) => CircuitBreakerOptions | undefined;
  readonly #maxSize: number;
  readonly #idleMs: number | undefined;
  /** The least recently used first. */
  readonly #entries = new Map<string, Entry>();

  /** @throws TypeError or RangeError that names the option, its value and what was expected */
  constructor(options: RegistryBreakerOptions = {}, limits: CircuitBreakerRegistryOptions = {}) {
    checkKeys('limits', limits, Object.keys(LIMITS));
    checkMembers('', limits, LIMITS);
    this.#maxSize = limits.maxSize ?? 10_000;
    this.#idleMs = limits.idleMs;
    this.#optionsOf = typeof options === 'function' ? options : always(Settings.of(options));
  }

  /** How many breakers there are. */
  get size(): number {
    return this.#entries.size;
  }

  /**
   * Gives the breaker of that name, made now where there is none.
   *
   * @throws TypeError where the name is no non-empty string; what the function of options throws, or its options deserve
   */
  get(name: string): CircuitBreaker {
    checkName('name', name);
    if (this.#idleMs !== undefined) this.#dropIdle(this.#idleMs);
    const entry = this.#entries.get(name) ?? this.#make(name);
    this.#touch(name, entry);
    return entry.breaker;
  }

  /** Forgets a breaker, and says whether there was one. Who still holds it can go on using it. */
  delete(name: string): boolean {
    checkName('name', name);
    void this.#entries.get(name)?.breaker.dispose();
    return this.#entries.delete(name);
  }

  /** Disposes of every breaker, and forgets them. */
  async dispose(): Promise<void> {
    const breakers = [...this];
    this.#entries.clear();
    await Promise.all(breakers.map((breaker) => breaker.dispose()));
  }

  /** Gives its breakers, the least recently used first. */
  *[Symbol.iterator](): IterableIterator<CircuitBreaker> {
    for (const { breaker } of this.#entries.values()) yield breaker;
  }

  /** The same as `dispose()`, for `await using`. */
  async [asyncDisposeSymbol](): Promise<void> {
    await this.dispose();
  }

  #make(name: string): Entry {
    const breaker = new CircuitBreaker(name, this.#optionsOf(name));
    while (this.#entries.size >= this.#maxSize) {
      const least = this.#leastNeeded();
      if (least === undefined) break;
      this.delete(least.name);
    }
    return { breaker, usedAt: 0, callsSeen: 0 };
  }

  #leastNeeded(): CircuitBreaker | undefined {
    let least: CircuitBreaker | undefined;
    let leastDueAt = Number.POSITIVE_INFINITY;
    for (const breaker of this) {
      if (isIdle(breaker)) return breaker;
      const dueAt = dueAtOf(breaker);
      if (dueAt < leastDueAt) [least, leastDueAt] = [breaker, dueAt];
    }
    return least;
  }

  #touch(name: string, entry: Entry): void {
    entry.callsSeen = entry.breaker.counts.calls;
    if (this.#idleMs !== undefined) entry.usedAt = entry.breaker.options.clock.now();
    this.#entries.delete(name);
    this.#entries.set(name, entry);
  }

  /** Looks only at those that nobody has asked for in so long; what may not go yet is looked at again as late. */
  #dropIdle(idleMs: number): void {
    for (const [name, entry] of this.#entries) {
      const { breaker, usedAt, callsSeen } = entry;
      if (!(breaker.options.clock.now() - usedAt >= idleMs)) break;
      if (breaker.counts.calls === callsSeen && isIdle(breaker)) this.delete(name);
      else this.#touch(name, entry);
    }
  }
}

/** Nothing would be lost with it. */
function isIdle(breaker: CircuitBreaker): boolean {
  return circuitOf(breaker).state === 'closed' && !isBusy(breaker);
}

/** When one may go that is not idle, the soonest first: a busy one last, and one that is ruled by hand never. */
function dueAtOf(breaker: CircuitBreaker): number {
  const circuit = circuitOf(breaker);
  if (circuit.state === 'isolated' || circuit.state === 'disabled') return Number.POSITIVE_INFINITY;
  if (isBusy(breaker)) return Number.MAX_VALUE;
  return circuit.state === 'open' ? circuit.openUntilAt : Number.NEGATIVE_INFINITY;
}

/** Whether calls are in flight, whose outcomes would be lost with the breaker. */
function isBusy({ counts }: CircuitBreaker): boolean {
  const { calls, successes, failures, ignored, rejected } = counts;
  return calls > successes + failures + ignored + rejected;
}

function always<T>(value: T): () => T {
  return () => value;
}
