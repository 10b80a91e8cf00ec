import { CircuitStorageError } from '@breaker/core';
import fc from 'fast-check';
import { expect } from 'vitest';
import { CIRCUIT, type Fleet, type Member } from './fleet.js';

/** What has been begun and not ended yet. */
export class Running {
  readonly #promises = new Set<Promise<unknown>>();
  readonly errors: unknown[] = [];

  get size(): number {
    return this.#promises.size;
  }

  /** Follows what may end in anything but an error of the storage. */
  follow(promise: Promise<unknown>): void {
    const followed: Promise<unknown> = promise
      .catch((error: unknown) => {
        if (error instanceof CircuitStorageError) this.errors.push(error);
      })
      .finally(() => this.#promises.delete(followed));
    this.#promises.add(followed);
  }
}

export type Step = (fleet: Fleet, member: Member, running: Running) => unknown;

/** Gives a step a name for the reports of what failed. */
function named(name: string, step: Step): Step {
  return Object.assign(step, { [fc.toStringMethod]: () => name });
}

const RULINGS = ['open', 'close', 'halfOpen', 'isolate', 'disable'] as const;
const WAYS = ['execute', 'execute', 'execute', 'sync', 'permit', 'stream', 'abort'] as const;

async function work(fleet: Fleet, ms: number, isGood: boolean, signal?: AbortSignal): Promise<string> {
  if (ms > 0) {
    await new Promise<void>((resolve) => {
      fleet.clock.setTimeout(resolve, ms);
      signal?.addEventListener('abort', () => resolve());
    });
  }
  if (!isGood) throw new Error('down');
  return 'value';
}

/** A call, by any way in, that ends well or badly after some time. */
function callStep(way: (typeof WAYS)[number], ms: number, isGood: boolean): Step {
  return named(`${isGood ? 'good' : 'bad'} ${way} of ${ms}`, (fleet, { breaker }, running) => {
    const begin = async (): Promise<unknown> => {
      switch (way) {
        case 'execute':
          return breaker.execute(({ signal }) => work(fleet, ms, isGood, signal));
        case 'sync':
          return breaker.executeSync(() => {
            if (!isGood) throw new Error('down');
          });
        case 'permit': {
          using permit = await breaker.acquire();
          const value = await work(fleet, ms, isGood, permit.signal);
          return permit.settle({ value });
        }
        case 'stream': {
          const stream = breaker.wrap(async function* () {
            yield 'first';
            yield await work(fleet, ms, isGood);
          });
          for await (const item of stream()) if (ms === 20) return item;
          return 'end';
        }
        case 'abort': {
          const controller = new AbortController();
          fleet.clock.setTimeout(() => controller.abort(new Error('left')), ms / 2);
          return breaker.execute(({ signal }) => work(fleet, ms, isGood, signal), { signal: controller.signal });
        }
      }
    };
    running.follow(begin());
  });
}

function rulingStep(ruling: (typeof RULINGS)[number]): Step {
  return named(ruling, (_, { breaker }, running) =>
    running.follow(breaker[ruling]().catch((error: unknown) => expect(error).toBeInstanceOf(CircuitStorageError))),
  );
}

/** Calls by every way in, time, rulings and changes of options. */
export const gentleSteps: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 9,
    arbitrary: fc
      .tuple(fc.constantFrom(...WAYS), fc.constantFrom(0, 0, 20, 300, 1_200), fc.boolean())
      .map((parameters) => callStep(...parameters)),
  },
  {
    weight: 6,
    arbitrary: fc.constantFrom(1, 40, 200, 700, 2_500).map(
      (ms): Step =>
        (fleet) =>
          fleet.pass(ms),
    ),
  },
  { weight: 1, arbitrary: fc.constantFrom(...RULINGS).map(rulingStep) },
  {
    weight: 1,
    arbitrary: fc
      .integer({ min: 1, max: 4 })
      .map((count) =>
        named(`configure ${count}`, (_, { breaker }) =>
          breaker.configure({ maxTrials: count, successThreshold: 5 - count }),
        ),
      ),
  },
);

/** Whatever can go wrong between a process and its storage, and with the storage itself. */
export const faultSteps: fc.Arbitrary<Step> = fc.constantFrom(
  named('fail', (_, { link }) => link.fail()),
  named('hang', (_, { link }) => link.hang()),
  named('lose replies', (_, { link }) => link.loseReplies()),
  named('delay 30', (_, { link }) => link.delay(30)),
  named('delay 150', (_, { link }) => link.delay(150)),
  named('delay 700', (_, { link }) => link.delay(700)),
  named('conflict', (_, { link }) => link.conflict(2)),
  named('drop pushes', (_, { link }) => link.dropPushes()),
  named('duplicate pushes', (_, { link }) => link.duplicatePushes()),
  named('delay pushes', (_, { link }) => link.delayPushes(400)),
  named('heal', (_, { link }) => link.heal()),
  named('heal', (_, { link }) => link.heal()),
  named('forget', (fleet) => fleet.storage.forget()),
  named('clock forward', (fleet) => fleet.storage.stepClock(3_000)),
  named('clock back', (fleet) => fleet.storage.stepClock(-3_000)),
  named('corrupt', (fleet) => fleet.storage.corrupt(CIRCUIT, { schema: 99 })),
);

/** Processes that stand still for a while. */
export const suspensionSteps: fc.Arbitrary<Step> = fc.constantFrom(
  named('suspend', (_, { suspend }) => suspend()),
  named('resume', (_, { resume }) => resume()),
);
