import type { CircuitStorage } from '@breaker/core';

const never = (): Promise<never> => new Promise(() => undefined);
const thrower = (): never => {
  throw new Error('thrown by the storage');
};
const rejector = (): Promise<never> => Promise.reject(new Error('rejected by the storage'));
const nothing = (): void => undefined;

/** Reads and updates alike give what `answer` gives, whatever it is. */
function answering(answer: () => unknown): CircuitStorage {
  return { read: answer, update: answer } as CircuitStorage;
}

/** Answers rightly, and subscribes by `subscribe`, whatever that does. */
function subscribing(subscribe: unknown): CircuitStorage {
  const stored = { record: undefined, now: 1 };
  return { read: async () => stored, update: async () => stored, subscribe } as CircuitStorage;
}

const hostileThen = {
  // biome-ignore lint/suspicious/noThenProperty: what a hostile storage returns
  get then(): never {
    throw new Error('thrown by then');
  },
};

/** Storages that break every promise of the contract, each in its own way. */
export const HOSTILE_STORAGES: readonly [string, () => CircuitStorage][] = [
  ['throws', () => answering(thrower)],
  ['rejects', () => answering(rejector)],
  ['rejects with nothing', () => answering(() => Promise.reject())],
  ['rejects with a frozen error', () => answering(() => Promise.reject(Object.freeze(new Error('frozen'))))],
  [
    'rejects with an error whose facts are lies',
    () => answering(() => Promise.reject({ reason: 'because', mayHaveBeenApplied: 'perhaps' })),
  ],
  ['never answers', () => answering(never)],
  ['returns nothing', () => answering(nothing)],
  ['returns no promise', () => answering(() => ({ record: undefined, now: 1 }))],
  ['returns a number', () => answering(() => 5)],
  ['returns a thenable that throws', () => answering(() => hostileThen)],
  [
    'returns a thenable that settles twice',
    () =>
      answering(() => ({
        // biome-ignore lint/suspicious/noThenProperty: what a hostile storage returns
        then(resolve: (value: unknown) => void, reject: (error: unknown) => void) {
          resolve({ record: undefined, now: 1 });
          reject(new Error('twice'));
          resolve(5);
        },
      })),
  ],
  ['answers nothing', () => answering(async () => undefined)],
  ['answers null', () => answering(async () => null)],
  ['answers an empty object', () => answering(async () => ({}))],
  ['answers a list', () => answering(async () => [])],
  ['answers without a time', () => answering(async () => ({ record: undefined }))],
  ['tells a time that is none', () => answering(async () => ({ record: undefined, now: Number.NaN }))],
  ['tells the time as text', () => answering(async () => ({ record: undefined, now: 'noon' }))],
  ['tells a time without end', () => answering(async () => ({ record: undefined, now: Number.POSITIVE_INFINITY }))],
  ['answers a string for a record', () => answering(async () => ({ record: 'open', now: 1 }))],
  ['answers a function for a record', () => answering(async () => ({ record: () => 'open', now: 1 }))],
  [
    'answers with a getter that throws',
    () => answering(async () => Object.defineProperty({ now: 1 }, 'record', { get: thrower })),
  ],
  [
    'answers a record with a getter that throws',
    () => answering(async () => ({ record: Object.defineProperty({}, 'state', { get: thrower }), now: 1 })),
  ],
  ['never asks change', () => answering(async () => ({ record: undefined, now: 1 }))],
  [
    'asks change with garbage',
    () => ({
      read: async () => ({ record: undefined, now: 1 }),
      update: async (_, change) => {
        for (const [record, now] of [
          [null, Number.NaN],
          ['open', 1],
          [{ epoch: -1 }, -1],
          [undefined, 'noon'],
        ]) {
          change(record, now as number);
        }
        return { record: undefined, now: 1 };
      },
    }),
  ],
  [
    'asks change later, after it has answered',
    () => ({
      read: async () => ({ record: undefined, now: 1 }),
      update: async (_, change) => {
        void never().finally(() => change(undefined, 1));
        queueMicrotask(() => queueMicrotask(() => change(undefined, 2)));
        return { record: undefined, now: 1 };
      },
    }),
  ],
  ['throws in subscribe', () => subscribing(thrower)],
  ['returns nothing from subscribe', () => subscribing(nothing)],
  ['returns a promise from subscribe', () => subscribing(rejector)],
  ['throws when it is unsubscribed from', () => subscribing(() => thrower)],
  [
    'calls back synchronously',
    () =>
      subscribing((_: string, onPush: (record?: unknown) => void) => {
        onPush();
        onPush({ epoch: 9, revision: 9 });
        return nothing;
      }),
  ],
  [
    'pushes after it was unsubscribed from',
    () =>
      subscribing((_: string, onPush: (record?: unknown) => void) => () => {
        onPush();
        onPush('open');
      }),
  ],
  ['reads well and cannot write', () => ({ read: async () => ({ record: undefined, now: 1 }), update: rejector })],
  [
    'writes well and cannot read',
    () => ({
      read: rejector,
      update: async (_, change) => ({ record: change(undefined, 1), now: 1 }),
    }),
  ],
  [
    'stands still in time and forgets at once',
    () => ({
      read: async () => ({ record: undefined, now: 1 }),
      update: async (_, change) => ({ record: change(undefined, 1), now: 1 }),
    }),
  ],
];
