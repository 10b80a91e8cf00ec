import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  CircuitBreaker,
  CircuitOpenError,
  CircuitTimeoutError,
  CircuitTrippedError,
  consecutiveFailures,
  exponentialBackoff,
  failureCount,
  failureRate,
  lastCalls,
  type Tally,
  type TripPolicy,
} from '../../src/index.js';
import { type Deferred, deferred } from '../deferred.js';
import { FakeClock } from '../fake-clock.js';
import { letPromisesRun } from '../let-promises-run.js';
import { type BreakerEvent, RecordingListener } from '../recording-listener.js';

class Down extends Error {}
class Nothing extends Error {}
class Fine extends Error {}
class Left extends Error {}

type Outcome = 'value' | 'down' | 'nothing' | 'fine';
type Seen = 'success' | 'failure' | 'ignore' | 'reject';
type Permit = Awaited<ReturnType<CircuitBreaker['acquire']>>;

const RULINGS = ['open', 'halfOpen', 'close', 'isolate', 'disable'] as const;

const outcomes = fc.constantFrom<Outcome>('value', 'down', 'nothing', 'fine');
const settings = fc.record({
  failureThreshold: fc.integer({ min: 1, max: 4 }),
  successThreshold: fc.integer({ min: 1, max: 3 }),
  maxTrials: fc.integer({ min: 1, max: 3 }),
  resetTimeoutMs: fc.constantFrom(0, 50, 100),
  timeoutMs: fc.constantFrom(undefined, 80),
  trialTimeoutMs: fc.constantFrom(80, 150),
});

type Action =
  | { readonly do: 'begin'; readonly way: 'execute' | 'wrap' | 'permit' | 'stream' }
  | { readonly do: 'sync'; readonly outcome: Outcome }
  | { readonly do: 'settle'; readonly which: number; readonly outcome: Outcome }
  | { readonly do: 'abort'; readonly which: number }
  | { readonly do: 'advance'; readonly ms: number }
  | { readonly do: 'rule'; readonly ruling: (typeof RULINGS)[number] };

const actions = fc.array(
  fc.oneof<fc.WeightedArbitrary<Action>[]>(
    {
      weight: 8,
      arbitrary: fc.record({
        do: fc.constant('begin' as const),
        way: fc.constantFrom(
          'execute' as const,
          'execute' as const,
          'wrap' as const,
          'permit' as const,
          'stream' as const,
        ),
      }),
    },
    { weight: 3, arbitrary: fc.record({ do: fc.constant('sync' as const), outcome: outcomes }) },
    { weight: 8, arbitrary: fc.record({ do: fc.constant('settle' as const), which: fc.nat(9), outcome: outcomes }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('abort' as const), which: fc.nat(9) }) },
    {
      weight: 4,
      arbitrary: fc.record({ do: fc.constant('advance' as const), ms: fc.constantFrom(1, 30, 50, 80, 150) }),
    },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('rule' as const), ruling: fc.constantFrom(...RULINGS) }) },
  ),
  { maxLength: 60, size: 'max' },
);

function perform(outcome: Outcome): string {
  switch (outcome) {
    case 'value':
      return 'value';
    case 'down':
      throw new Down();
    case 'nothing':
      throw new Nothing();
    case 'fine':
      throw new Fine();
  }
}

/** What became of a call, by what its caller saw. */
function seenAs(error: unknown): Seen {
  if (error instanceof CircuitOpenError) return 'reject';
  if (error instanceof CircuitTrippedError || error instanceof CircuitTimeoutError || error instanceof Down)
    return 'failure';
  if (error instanceof Nothing || error instanceof Left) return 'ignore';
  if (error instanceof Fine) return 'success';
  throw error;
}

/** Follows the events and checks each change of state against the rules of the contract. */
class Referee {
  state = 'closed';
  streak = 0;
  running = 0;
  successes = 0;
  changes = 0;

  constructor(readonly limits: { failureThreshold: number; successThreshold: number; maxTrials: number }) {}

  onEvent(event: BreakerEvent): void {
    switch (event.type) {
      case 'before-call':
        if (event.trial) {
          expect(this.state).toBe('half-open');
          this.running += 1;
          expect(this.running).toBeLessThanOrEqual(this.limits.maxTrials);
        } else {
          expect(['closed', 'disabled']).toContain(this.state);
        }
        break;
      case 'success':
        if (!event.late) {
          this.streak = 0;
          this.#trialEnded(event.trial);
          this.successes += event.trial ? 1 : 0;
        }
        break;
      case 'failure':
        if (!event.late) {
          this.streak += 1;
          this.#trialEnded(event.trial);
        }
        break;
      case 'ignore':
        if (!event.late) {
          this.#trialEnded(event.trial);
        }
        break;
      case 'state-change':
        this.#changed(event.from, event.to, event.reason);
        break;
      case 'listener-error':
        throw event.error;
      default:
    }
  }

  /** A close() of a closed circuit is told by no event. */
  closed(): void {
    this.streak = 0;
  }

  #trialEnded(trial: boolean): void {
    this.running = Math.max(0, this.running - (trial ? 1 : 0));
  }

  #changed(from: string, to: string, reason: string): void {
    expect(from).toBe(this.state);
    expect(to).not.toBe(from);
    const legal: Record<string, string> = {
      tripped: 'closed>open',
      'trial-due': 'open>half-open',
      'trial-failed': 'half-open>open',
      'trial-succeeded': 'half-open>closed',
    };
    if (reason !== 'manual') {
      expect(`${from}>${to}`).toBe(legal[reason]);
    }
    if (reason === 'tripped') {
      expect(this.streak).toBe(this.limits.failureThreshold);
    }
    if (reason === 'trial-succeeded') {
      expect(this.successes).toBe(this.limits.successThreshold);
    }
    this.state = to;
    this.streak = 0;
    this.running = 0;
    this.successes = 0;
    this.changes += 1;
  }
}

describe('any interleaving', () => {
  it('keeps counts exact, changes legal, trials few, and leaves nothing behind', async () => {
    await fc.assert(
      fc.asyncProperty(settings, actions, fc.boolean(), async (options, steps, heard) => {
        const clock = new FakeClock(1_000);
        const recorder = new RecordingListener();
        const referee = new Referee(options);
        const faults: unknown[] = [];
        const breaker = new CircuitBreaker('orders', {
          ...options,
          clock,
          exclude: [Fine],
          ignore: [Nothing],
          listeners: heard ? [referee, recorder, { onListenerError: (event) => void faults.push(event.error) }] : [],
        });
        const begun = breaker.snapshot().epoch;
        let silentCloses = 0;
        const seen: Seen[] = [];
        const pending: { call: Deferred<string>; controller: AbortController }[] = [];
        const permits: Permit[] = [];
        let permitsBegun = 0;
        const note = (promise: Promise<unknown>): void => {
          promise.then(
            () => seen.push('success'),
            (error: unknown) => seen.push(seenAs(error)),
          );
        };
        const begin = (way: 'execute' | 'wrap' | 'permit' | 'stream'): void => {
          const call = deferred<string>();
          call.promise.catch(() => undefined);
          const controller = new AbortController();
          if (way === 'execute') {
            note(breaker.execute(() => call.promise, { signal: controller.signal }));
          } else if (way === 'wrap') {
            note(breaker.wrap(() => call.promise)());
          } else if (way === 'stream') {
            const items = breaker.wrap(async function* () {
              yield await call.promise;
            });
            note(
              (async () => {
                for await (const item of items()) {
                  expect(item).toBe('value');
                }
              })(),
            );
          } else {
            breaker.acquire().then(
              (permit) => {
                permitsBegun += 1;
                permits.push(permit);
              },
              (error: unknown) => seen.push(seenAs(error)),
            );
            return;
          }
          pending.push({ call, controller });
        };
        const settle = ({ call }: { call: Deferred<string> }, outcome: Outcome): void => {
          try {
            call.resolve(perform(outcome));
          } catch (error) {
            call.reject(error);
          }
        };
        const settlePermit = (permit: Permit, outcome: Outcome): void => {
          try {
            permit.settle({ value: perform(outcome) });
          } catch (error) {
            permit.settle({ error });
          }
        };

        for (const step of steps) {
          switch (step.do) {
            case 'begin':
              begin(step.way);
              break;
            case 'sync':
              note((async () => breaker.executeSync(() => perform(step.outcome)))());
              break;
            case 'settle': {
              const [call] = pending.splice(step.which % Math.max(1, pending.length), 1);
              if (call !== undefined) settle(call, step.outcome);
              const [permit] = permits.splice(step.which % Math.max(1, permits.length), 1);
              if (permit !== undefined && step.which > 4) settlePermit(permit, step.outcome);
              else if (permit !== undefined) permits.push(permit);
              break;
            }
            case 'abort':
              pending[step.which]?.controller.abort(new Left());
              break;
            case 'advance':
              await clock.advanceAsync(step.ms);
              break;
            case 'rule':
              if (step.ruling === 'close' && breaker.state === 'closed') {
                silentCloses += 1;
                referee.closed();
              }
              await breaker[step.ruling]();
              break;
          }
          await letPromisesRun();
          if (heard) {
            expect(breaker.snapshot().epoch - begun).toBe(referee.changes + silentCloses);
            expect(breaker.state).toBe(referee.state);
          }
        }
        for (const call of pending) settle(call, 'value');
        await letPromisesRun();
        for (const permit of permits) permit.succeed();
        await clock.advanceAsync(10_000);

        expect(faults).toEqual([]);
        expect(clock.pending).toBe(0);
        const { calls, successes, failures, ignored, rejected, timeouts } = breaker.counts;
        expect(successes + failures + ignored + rejected).toBe(calls);
        expect(timeouts).toBeLessThanOrEqual(failures);
        expect(seen.length + permitsBegun).toBe(calls);
        if (heard) {
          const told = (type: Seen): number => recorder.of(type).length;
          expect([told('success'), told('failure'), told('ignore'), told('reject')]).toEqual([
            successes,
            failures,
            ignored,
            rejected,
          ]);
          expect(recorder.of('before-call')).toHaveLength(calls - rejected);
        }
        expect(seen.filter((each) => each === 'reject')).toHaveLength(rejected);
        if (permitsBegun === 0) {
          expect(seen.filter((each) => each === 'success')).toHaveLength(successes);
          expect(seen.filter((each) => each === 'failure')).toHaveLength(failures);
          expect(seen.filter((each) => each === 'ignore')).toHaveLength(ignored);
        }

        if (breaker.state === 'isolated' || breaker.state === 'disabled') {
          return;
        }
        for (let round = 0; round < options.successThreshold + 1 && breaker.state !== 'closed'; round += 1) {
          await clock.advanceAsync(200);
          await breaker.execute(async () => 'value');
        }
        expect(breaker.state).toBe('closed');
      }),
      { numRuns: 300 },
    );
  });

  it('with listeners that rule and options that change keeps counts exact and changes whole', async () => {
    const policies = [
      { failureThreshold: 1 },
      { failureThreshold: 3 },
      { trip: lastCalls({ size: 2, threshold: 0.5 }) },
      { trip: failureCount({ threshold: 2, windowMs: 100 }) },
      { trip: failureRate({ threshold: 0.5, windowMs: 100, minimumCalls: 2, slowCallMs: 40 }) },
      { timeoutMs: 60 },
      { timeoutMs: undefined },
      { maxTrials: 2, successThreshold: 2 },
      { trialTimeoutMs: 90, resetTimeoutMs: 20 },
      { throwNewErrorOnTrip: false },
    ] as const;
    const step = fc.record({
      act: fc.constantFrom('begin', 'begin', 'settle', 'settle', 'generator', 'nest', 'advance', 'configure', 'permit'),
      outcome: outcomes,
      which: fc.nat(9),
      ms: fc.constantFrom(1, 20, 60, 100),
    });
    const meddling = fc.record({ at: fc.nat(60), ruling: fc.constantFrom(...RULINGS) });
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { maxLength: 50, size: 'max' }),
        fc.array(meddling, { maxLength: 6, size: 'max' }),
        async (steps, meddlings) => {
          const clock = new FakeClock(1_000);
          const before = new RecordingListener();
          const after = new RecordingListener();
          let told = 0;
          const breaker: CircuitBreaker = new CircuitBreaker('orders', {
            clock,
            failureThreshold: 2,
            resetTimeoutMs: 50,
            trialTimeoutMs: 150,
            exclude: [Fine],
            ignore: [Nothing],
            listeners: [
              before,
              {
                onEvent: () => {
                  told += 1;
                  for (const { at, ruling } of meddlings) {
                    if (at === told) void breaker[ruling]();
                  }
                },
              },
              after,
            ],
          });
          const pending: Deferred<string>[] = [];
          const generators: Iterator<number>[] = [];
          let refused = 0;
          const quietly = (promise: PromiseLike<unknown>): void => {
            promise.then(
              () => undefined,
              (error: unknown) => void seenAs(error),
            );
          };
          const settle = (call: Deferred<string> | undefined, outcome: Outcome): void => {
            try {
              call?.resolve(perform(outcome));
            } catch (error) {
              call?.reject(error);
            }
          };
          for (const { act, outcome, which, ms } of steps) {
            if (act === 'begin') {
              const call = deferred<string>();
              call.promise.catch(() => undefined);
              pending.push(call);
              quietly(breaker.execute(() => call.promise));
            } else if (act === 'nest') {
              quietly(breaker.execute(() => breaker.execute(async () => perform(outcome))));
            } else if (act === 'settle') {
              settle(pending.splice(which % Math.max(1, pending.length), 1)[0], outcome);
            } else if (act === 'permit') {
              quietly(breaker.acquire().then((permit) => (which > 4 ? permit.succeed() : permit[Symbol.dispose]())));
            } else if (act === 'advance') {
              await clock.advanceAsync(ms);
            } else if (act === 'configure') {
              try {
                breaker.configure(policies[which] ?? {});
              } catch (error) {
                expect(error).toBeInstanceOf(RangeError);
                refused += 1;
              }
            } else {
              const items = breaker.wrap(function* (): Generator<number> {
                yield 1;
                perform(outcome);
              })();
              const next = generators[which] ?? items;
              generators[which] = next;
              quietly((async () => next.next())());
            }
            await letPromisesRun();
          }
          for (const call of pending) settle(call, 'value');
          for (const items of generators.filter((each) => each !== undefined)) items.return?.();
          await clock.advanceAsync(10_000);

          expect(refused).toBe(0);
          expect(clock.pending).toBe(0);
          expect(after.types).toEqual(before.types);
          expect(before.of('listener-error')).toEqual([]);
          const { calls, successes, failures, ignored, rejected } = breaker.counts;
          expect(successes + failures + ignored + rejected).toBe(calls);
          expect(before.of('success')).toHaveLength(successes);
          expect(before.of('failure')).toHaveLength(failures);
          expect(before.of('ignore')).toHaveLength(ignored);
          expect(before.of('reject')).toHaveLength(rejected);
          expect(before.of('before-call')).toHaveLength(calls - rejected);
          let state = 'closed';
          for (const change of before.of('state-change')) {
            expect(change.from).toBe(state);
            expect(change.to).not.toBe(state);
            state = change.to;
          }
          expect(breaker.state).toBe(state);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('of late results changes nothing but the counts', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(outcomes, { minLength: 1, maxLength: 12, size: 'max' }),
        fc.constantFrom(...RULINGS),
        fc.integer({ min: 1, max: 3 }),
        async (results, ruling, failureThreshold) => {
          const breaker = new CircuitBreaker('orders', {
            clock: new FakeClock(),
            failureThreshold,
            exclude: [Fine],
            ignore: [Nothing],
          });
          const calls = results.map(() => deferred<string>());
          const seen = calls.map((call) => breaker.execute(() => call.promise).catch(() => undefined));
          await breaker[ruling]();
          const before = breaker.snapshot();
          for (const [index, call] of calls.entries()) {
            try {
              call.resolve(perform(results[index] ?? 'value'));
            } catch (error) {
              call.reject(error);
            }
          }
          await Promise.all(seen);
          expect(breaker.snapshot()).toEqual(before);
          const { calls: total, successes, failures, ignored } = breaker.counts;
          expect([total, successes + failures + ignored]).toEqual([results.length, results.length]);
          expect(failures).toBe(results.filter((each) => each === 'down').length);
        },
      ),
    );
  });
});

describe('calls one after another', () => {
  interface Model {
    state: 'closed' | 'open' | 'half-open';
    failures: number;
    successes: number;
    trips: number;
    openUntilAt: number;
  }

  /** The rules of the contract for one process and one call at a time. */
  function play(
    model: Model,
    outcome: Outcome,
    now: number,
    limits: { failureThreshold: number; successThreshold: number; resetTimeoutMs: number },
  ): Seen {
    if (model.state === 'open') {
      if (now < model.openUntilAt) return 'reject';
      model.state = 'half-open';
      model.successes = 0;
    }
    const seen: Seen = outcome === 'down' ? 'failure' : outcome === 'nothing' ? 'ignore' : 'success';
    const open = (): void => {
      model.state = 'open';
      model.trips += 1;
      model.openUntilAt = now + limits.resetTimeoutMs;
    };
    if (seen === 'success' && model.state === 'closed') model.failures = 0;
    if (seen === 'success' && model.state === 'half-open') {
      model.successes += 1;
      if (model.successes === limits.successThreshold) {
        Object.assign(model, { state: 'closed', failures: 0, trips: 0 });
      }
    } else if (seen === 'failure' && model.state === 'half-open') {
      open();
    } else if (seen === 'failure') {
      model.failures += 1;
      if (model.failures === limits.failureThreshold) open();
    }
    return seen;
  }

  it('follow the rules, through every way in', async () => {
    const ways = fc.constantFrom('execute', 'sync', 'wrap', 'permit', 'generator', 'stream');
    const call = fc.record({ outcome: outcomes, way: ways, ms: fc.constantFrom(0, 1, 40, 60, 100) });
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          failureThreshold: fc.integer({ min: 1, max: 3 }),
          successThreshold: fc.integer({ min: 1, max: 3 }),
          resetTimeoutMs: fc.constantFrom(0, 50, 100),
        }),
        fc.array(call, { maxLength: 40, size: 'max' }),
        async (limits, calls) => {
          const clock = new FakeClock(7);
          const breaker = new CircuitBreaker('orders', { ...limits, clock, exclude: [Fine], ignore: [Nothing] });
          const model: Model = { state: 'closed', failures: 0, successes: 0, trips: 0, openUntilAt: 0 };
          for (const { outcome, way, ms } of calls) {
            clock.advance(ms);
            const expected = play(model, outcome, clock.time, limits);
            const run = async (): Promise<Seen> => {
              switch (way) {
                case 'execute':
                  await breaker.execute(async () => perform(outcome));
                  return 'success';
                case 'sync':
                  breaker.executeSync(() => perform(outcome));
                  return 'success';
                case 'wrap':
                  await breaker.wrap(async () => perform(outcome))();
                  return 'success';
                case 'permit': {
                  const permit = await breaker.acquire();
                  try {
                    return permit.settle({ value: perform(outcome) }) as Seen;
                  } catch (error) {
                    return permit.settle({ error }) as Seen;
                  }
                }
                case 'generator':
                  for (const item of breaker.wrap(function* () {
                    yield 1;
                    perform(outcome);
                  })()) {
                    expect(item).toBe(1);
                  }
                  return 'success';
                default:
                  for await (const item of breaker.wrap(async function* () {
                    yield 1;
                    perform(outcome);
                  })()) {
                    expect(item).toBe(1);
                  }
                  return 'success';
              }
            };
            expect(await run().catch((error: unknown) => seenAs(error))).toBe(expected);
            const snapshot = breaker.snapshot();
            expect(snapshot.state).toBe(model.state);
            if (model.state === 'closed') {
              expect(snapshot).toMatchObject({ failures: model.failures, trips: 0 });
            } else if (model.state === 'half-open') {
              expect(snapshot.successes).toBe(model.successes);
            } else {
              expect(snapshot).toMatchObject({ trips: model.trips, openUntilAt: model.openUntilAt });
            }
          }
          expect(clock.pending).toBe(0);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('policies', () => {
  const SUCCESS: Tally = { successes: 1, failures: 0, slow: 0, streak: 0, ageMs: 0 };
  const FAILURE: Tally = { successes: 0, failures: 1, slow: 0, streak: 1, ageMs: 0 };
  const history = fc.array(fc.record({ failed: fc.boolean(), ms: fc.constantFrom(0, 1, 10, 50, 99, 100, 101, 250) }), {
    maxLength: 80,
    size: 'max',
  });

  it('consecutiveFailures trips where the last n calls failed', () => {
    fc.assert(
      fc.property(history, fc.integer({ min: 1, max: 6 }), (calls, n) => {
        const policy = consecutiveFailures(n);
        let memory = policy.initial();
        let streak = 0;
        for (const { failed } of calls) {
          memory = policy.record(memory, failed ? FAILURE : SUCCESS, 0);
          streak = failed ? streak + 1 : 0;
          expect(policy.trips(memory, 0)).toBe(streak >= n);
          expect(policy.failures?.(memory, 0)).toBe(streak);
        }
      }),
    );
  });

  it('lastCalls knows its last calls exactly', () => {
    fc.assert(
      fc.property(
        history,
        fc.integer({ min: 1, max: 40 }),
        fc.double({ min: 0.01, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (calls, size, threshold, part) => {
          const minimumCalls = Math.max(1, Math.round(part * size));
          const policy = lastCalls({ size, threshold, minimumCalls });
          let memory = policy.initial();
          const all: boolean[] = [];
          for (const { failed } of calls) {
            memory = policy.record(memory, failed ? FAILURE : SUCCESS, 0);
            all.push(failed);
            const last = all.slice(-size);
            const failures = last.filter(Boolean).length;
            expect(policy.failures?.(memory, 0)).toBe(failures);
            expect(policy.trips(memory, 0)).toBe(last.length >= minimumCalls && failures / last.length >= threshold);
          }
        },
      ),
    );
  });

  it('windows count what is young, and nothing that is old', () => {
    fc.assert(
      fc.property(history, (calls) => {
        const windowMs = 500;
        for (const policy of [
          failureCount({ threshold: 1_000, windowMs }) as TripPolicy<unknown>,
          failureRate({ threshold: 1, windowMs, minimumCalls: 1_000 }) as TripPolicy<unknown>,
        ]) {
          let memory = policy.initial();
          let now = 12_345;
          const failedAt: number[] = [];
          for (const { failed, ms } of calls) {
            now += ms;
            memory = policy.record(memory, failed ? FAILURE : SUCCESS, now);
            if (failed) failedAt.push(now);
            for (const later of [now, now + 123]) {
              const within = (share: number): number => failedAt.filter((at) => later - at <= windowMs * share).length;
              expect(policy.failures?.(memory, later)).toBeGreaterThanOrEqual(within(0.5));
              expect(policy.failures?.(memory, later)).toBeLessThanOrEqual(within(1.2));
            }
          }
          expect(policy.failures?.(memory, now + windowMs + 1)).toBe(0);
          expect(policy.trips(memory, now + windowMs + 1)).toBe(false);
        }
      }),
    );
  });

  it('go on from a copy of their memory as if nothing had happened', () => {
    fc.assert(
      fc.property(history, fc.nat(79), (calls, cut) => {
        for (const policy of [
          consecutiveFailures(3) as TripPolicy<unknown>,
          failureCount({ threshold: 3, windowMs: 300 }) as TripPolicy<unknown>,
          failureRate({ threshold: 0.5, windowMs: 300, minimumCalls: 3, slowCallMs: 5 }) as TripPolicy<unknown>,
          lastCalls({ size: 7, threshold: 0.5 }) as TripPolicy<unknown>,
        ]) {
          let one = policy.initial();
          let two = policy.initial();
          let now = 99;
          for (const [index, { failed, ms }] of calls.entries()) {
            now += ms;
            if (index === cut) two = JSON.parse(JSON.stringify(two)) as unknown;
            one = policy.record(one, failed ? FAILURE : SUCCESS, now);
            two = policy.record(two, failed ? FAILURE : SUCCESS, now);
            expect(two).toEqual(one);
            expect(policy.trips(two, now)).toBe(policy.trips(one, now));
          }
        }
      }),
    );
  });

  it('exponentialBackoff stays within its bounds', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.001, max: 1e6, noNaN: true }),
        fc.double({ min: 1, max: 1e6, noNaN: true }),
        fc.double({ min: 1, max: 100, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.integer({ min: 1, max: 100_000 }),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (initialMs, times, factor, jitter, trips, chance) => {
          const maxMs = initialMs * times;
          const delay = exponentialBackoff({ initialMs, maxMs, factor, jitter })(trips, () => chance);
          const whole = Math.min(maxMs, initialMs * factor ** (trips - 1));
          expect(Number.isFinite(delay)).toBe(true);
          expect(delay).toBeLessThanOrEqual(whole * (1 + 1e-9));
          expect(delay).toBeGreaterThanOrEqual(whole * (1 - jitter) * (1 - 1e-9));
        },
      ),
    );
  });
});
