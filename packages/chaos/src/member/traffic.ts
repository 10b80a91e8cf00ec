import type { CircuitBreaker } from '@breaker/core';
import type { CallOutcome } from '../history/history-event.js';
import type { HistoryFile } from '../history/history-file.js';
import { machineTime } from '../history/machine-time.js';
import type { Stalls } from '../history/stalls.js';
import { pause } from '../pause.js';
import { type Call, outcomeOf } from './call.js';
import type { DependencyOfMember } from './dependency.js';

/** Every so many calls one is synchronous, and one is called off by its caller. */
const SYNC_EVERY = 7;
const ABORTED_EVERY = 11;
const ABORT_AFTER_MS = 1;

interface Around {
  readonly breaker: CircuitBreaker;
  readonly dependency: DependencyOfMember;
  readonly history: HistoryFile;
  readonly stalls: Stalls;
}

/** Calls that a process makes through its breaker. */
export class Traffic {
  readonly tally = { success: 0, failure: 0, ignored: 0, rejected: 0, strange: 0 };
  #calls = 0;
  #isEnding = false;
  #flows: readonly Promise<void>[] = [];

  constructor(readonly around: Around) {}

  /** Begins to make calls: so many at once, at most, with a pause after each. */
  begin(flows: number, pauseMs: number): void {
    this.#flows = Array.from({ length: flows }, () => this.#flow(pauseMs));
  }

  /** Makes no more calls; settles when the last one has ended. */
  async end(): Promise<void> {
    this.#isEnding = true;
    await Promise.all(this.#flows);
  }

  async #flow(pauseMs: number): Promise<void> {
    while (!this.#isEnding) {
      if (this.around.dependency.isUsed) await this.#call();
      await pause(2 * Math.random() * pauseMs);
    }
  }

  async #call(): Promise<void> {
    const call = this.#ask();
    if (call.number % SYNC_EVERY === 0) this.#callSync(call);
    else await this.#callAsync(call, call.number % ABORTED_EVERY === 0);
  }

  #ask(): Call {
    const { breaker, stalls } = this.around;
    return {
      number: ++this.#calls,
      wasClosed: breaker.state === 'closed',
      stalledBefore: stalls.totalMs,
      error: new Error('The dependency is down'),
      abortion: new Error('The caller has no time'),
      askedAt: machineTime(),
      isTrial: false,
      wasAtOnce: false,
    };
  }

  #callSync(call: Call): void {
    const { breaker, dependency } = this.around;
    try {
      const value = breaker.executeSync(() => {
        this.#begin(call);
        dependency.askSync(call.error);
        return call;
      });
      call.wasAtOnce = true;
      this.#end(call, value === call ? 'success' : 'strange', value);
    } catch (error) {
      call.wasAtOnce = true;
      this.#end(call, outcomeOf(error, call), error);
    }
  }

  async #callAsync(call: Call, isCalledOff: boolean): Promise<void> {
    const { breaker, dependency } = this.around;
    const caller = new AbortController();
    const run = async ({ signal }: { readonly signal: AbortSignal }) => {
      this.#begin(call);
      if (isCalledOff) setTimeout(() => caller.abort(call.abortion), ABORT_AFTER_MS);
      await dependency.ask(call.error, signal);
      return call;
    };
    const promise = isCalledOff ? breaker.execute(run, { signal: caller.signal }) : breaker.execute(run);
    call.wasAtOnce = call.startedAt !== undefined;
    try {
      const value = await promise;
      this.#end(call, value === call ? 'success' : 'strange', value);
    } catch (error) {
      this.#end(call, outcomeOf(error, call), error);
    }
  }

  #begin(call: Call): void {
    const { breaker, history } = this.around;
    const { scope, state, degraded } = breaker.snapshot();
    call.startedAt = machineTime();
    call.isTrial = scope === 'fleet' && state === 'half-open' && !degraded;
    if (call.isTrial) history.write({ type: 'trial-began', call: call.number });
  }

  #end(call: Call, outcome: CallOutcome, result: unknown): void {
    const { history, stalls } = this.around;
    const { number, askedAt, startedAt, wasAtOnce, wasClosed, isTrial, stalledBefore } = call;
    this.tally[outcome]++;
    history.write({
      type: 'called',
      call: number,
      outcome,
      askedAt,
      ...(startedAt !== undefined && { startedAt }),
      wasAtOnce,
      wasClosed,
      isTrial,
      stalledMs: stalls.totalMs - stalledBefore,
      ...(outcome === 'strange' && { error: String(result) }),
    });
  }
}
