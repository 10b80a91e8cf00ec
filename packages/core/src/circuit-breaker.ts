import type { CallContext } from './call/call-context.js';
import type { CallCounts } from './call/counts.js';
import { checkName } from './check.js';
import type { Circuit, CircuitState } from './circuit/circuit.js';
import { asyncDisposeSymbol } from './dispose-symbols.js';
import { type GuardDecorator, guardDecorator } from './guard/decorator.js';
import type { Deferred } from './guard/deferred.js';
import { execute } from './guard/execute.js';
import {
  type AcquireOptions,
  type ExecuteOptions,
  type ExecuteSyncOptions,
  NO_OPTIONS,
} from './guard/execute-options.js';
import { executeSync } from './guard/execute-sync.js';
import { acquire, type Permit } from './guard/permit.js';
import { wrap, wrapSync } from './guard/wrap.js';
import { checkListener } from './listener/check-listener.js';
import type { CircuitListener } from './listener/circuit-listener.js';
import type { ChangeableOptions, CircuitBreakerOptions, ResolvedOptions } from './options.js';
import { Settings } from './settings.js';
import { Shell } from './shell.js';
import { type CircuitSnapshot, takeSnapshot } from './snapshot.js';

/** The circuit that a breaker shows; to look at it this way is no use of the breaker. For this package only. */
export let circuitOf: (breaker: CircuitBreaker) => Circuit;

/** Guards calls to something that may fail: while it keeps failing, calls are rejected at once instead of made. */
export class CircuitBreaker implements AsyncDisposable {
  /** What it guards. */
  readonly name: string;
  readonly #shell: Shell;

  static {
    circuitOf = (breaker) => breaker.#shell.shown;
  }

  /**
   * @param name - what it guards: a non-empty string
   * @throws TypeError or RangeError that names the option, its value and what was expected
   */
  constructor(name: string, options?: CircuitBreakerOptions) {
    checkName('name', name);
    this.name = name;
    this.#shell = new Shell(this, Settings.of(options));
  }

  /** All options with their defaults, frozen: `new CircuitBreaker(name, breaker.options)` is a breaker like it. */
  get options(): ResolvedOptions {
    return this.#shell.settings;
  }

  /** The state of the circuit, from data at hand. */
  get state(): CircuitState {
    this.#shell.fleet?.use();
    return this.#shell.shown.state;
  }

  /** This process's totals. */
  get counts(): CallCounts {
    return { ...this.#shell.counts };
  }

  /** The breaker as plain data; looking changes nothing. */
  snapshot(): CircuitSnapshot {
    return takeSnapshot(this.#shell);
  }

  /**
   * Makes a call through the circuit.
   *
   * @returns what `fn` gives, or what `fallback` gives in place of a failure
   * @throws CircuitOpenError where the call was not made; CircuitTimeoutError where it took too long; CircuitTrippedError
   * where the circuit opened with its failure; the reason of `signal` where the caller aborted; else what `fn` throws.
   * TypeError for wrong arguments. All as rejections
   */
  execute<R>(
    fn: (context: CallContext) => R,
    options?: ExecuteOptions & { readonly fallback?: undefined },
  ): Promise<Awaited<R>>;
  execute<R, F>(
    fn: (context: CallContext) => R,
    options: ExecuteOptions & { readonly fallback?: ((error: unknown) => F) | undefined },
  ): Promise<Awaited<R> | Awaited<F>>;
  execute(fn: (context: CallContext) => unknown, options?: ExecuteOptions): Promise<unknown> {
    return execute(this.#shell, fn, options);
  }

  /**
   * Makes a synchronous call through the circuit; `timeoutMs` plays no part.
   *
   * @throws as `execute` rejects; TypeError where `fn` gives a promise
   */
  executeSync<R>(fn: () => R, options?: { readonly fallback?: undefined }): R;
  executeSync<R, F>(fn: () => R, options: { readonly fallback?: ((error: unknown) => F) | undefined }): R | F;
  executeSync(fn: () => unknown, options: ExecuteSyncOptions = NO_OPTIONS): unknown {
    return executeSync(this.#shell, fn, options);
  }

  /**
   * Gives a function like `fn`, every call of which goes through the circuit: for functions that give promises, and for
   * generators, which are admitted when they are first iterated and settled when their iteration ends.
   *
   * @throws TypeError where `fn` is no function
   */
  wrap<F extends Deferred>(fn: F): F;
  wrap<This, Args extends unknown[], R>(
    fn: (this: This, ...args: Args) => PromiseLike<R>,
  ): (this: This, ...args: Args) => Promise<R>;
  wrap(fn: unknown): unknown {
    return wrap(this.#shell, fn);
  }

  /**
   * Gives a function like `fn`, every call of which goes through the circuit: for plain synchronous functions.
   *
   * @typeParam F - the type of the function, and of what is given back
   * @throws TypeError where `fn` is no function, is `async`, or is a generator function
   */
  wrapSync<F extends (this: never, ...args: never[]) => unknown>(fn: F): F {
    return wrapSync(this.#shell, fn);
  }

  /** Guards a method: `@breaker.guard`. */
  get guard(): GuardDecorator {
    return guardDecorator(this.#shell);
  }

  /**
   * Asks for a permit, for work that is no single function: `using permit = await breaker.acquire()`.
   *
   * @throws CircuitOpenError where there is none to be had; the reason of `signal` where the caller has aborted. As rejections
   */
  acquire(options: AcquireOptions = NO_OPTIONS): Promise<Permit> {
    return acquire(this.#shell, options);
  }

  /**
   * Changes options while the breaker runs: all of them, or none. The state stays; a new trip policy of the same key goes on
   * with what the old one remembered. `undefined` restores a default.
   *
   * @throws TypeError or RangeError that names the option, its value and what was expected
   */
  configure(changes: ChangeableOptions): void {
    this.#shell.configure(this.#shell.settings.with(changes));
  }

  /** Opens the circuit, for as long as a trip would; changes nothing where it is open. */
  open(): Promise<void> {
    return this.#shell.rule({ type: 'open' });
  }

  /** Lets trials through; changes nothing where the circuit is half-open. */
  halfOpen(): Promise<void> {
    return this.#shell.rule({ type: 'half-open' });
  }

  /** Closes the circuit, with nothing remembered, whatever its state. */
  close(): Promise<void> {
    return this.#shell.rule({ type: 'close' });
  }

  /** Holds the circuit open until `close()`. */
  isolate(): Promise<void> {
    return this.#shell.rule({ type: 'isolate' });
  }

  /** Lets every call pass, whatever comes of it, until `close()`. */
  disable(): Promise<void> {
    return this.#shell.rule({ type: 'disable' });
  }

  /**
   * Adds a listener, at the end; one that is there already moves there.
   *
   * @throws TypeError where it is no object, or one of its methods no function
   */
  addListener(listener: CircuitListener): void {
    checkListener('listener', listener);
    this.#shell.addListener(listener);
  }

  /**
   * Removes a listener; one that is not there does no harm.
   *
   * @throws TypeError where it is no object
   */
  removeListener(listener: CircuitListener): void {
    checkListener('listener', listener);
    this.#shell.removeListener(listener);
  }

  /** Settles when the breaker knows its circuit, or that its storage is out of reach: without one, at once. Never rejects. */
  async ready(): Promise<void> {
    await this.#shell.fleet?.ready();
  }

  /**
   * Settles when every outcome so far is committed: without a storage, at once. For functions that freeze after their answer. Never
   * rejects.
   */
  async flush(): Promise<void> {
    await this.#shell.fleet?.flush();
  }

  /** Sends what is pending and lets go of the storage, if there is one; the breaker goes on alone. Never rejects. */
  async dispose(): Promise<void> {
    await this.#shell.fleet?.end();
  }

  /** The same as `dispose()`, for `await using`. */
  async [asyncDisposeSymbol](): Promise<void> {
    await this.dispose();
  }
}
