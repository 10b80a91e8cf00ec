import { CircuitBreaker, type CircuitListener, failureRate, type TripPolicy } from '@breaker/core';
import { type Contender, interleave, type Measured } from './interleave.js';

const ROUNDS = 41;

export interface Comparison {
  readonly title: string;
  readonly rows: Map<string, Measured>;
}

const answer = async (): Promise<number> => 42;
const boom = new Error('boom');
const fail = async (): Promise<number> => {
  throw boom;
};

const reject = (): Promise<number> => Promise.reject(boom);

/** The least that a breaker can cost that counts: handlers made once. */
function floor(call: () => Promise<number>): () => Promise<number> {
  const counts = { successes: 0, failures: 0 };
  const onSuccess = (value: number): number => {
    counts.successes++;
    return value;
  };
  const onFailure = (error: unknown): never => {
    counts.failures++;
    throw error;
  };
  return () => call().then(onSuccess, onFailure);
}

const never = Number.MAX_SAFE_INTEGER;
const windowed = (): TripPolicy => failureRate({ threshold: 1, windowMs: 10_000, minimumCalls: never });

/** What a call costs in each state, against the same call without a breaker. */
export async function compareCalls(): Promise<Comparison[]> {
  return [
    {
      title: 'closed, success',
      rows: await interleave(
        {
          bare: succeeding(answer),
          floor: succeeding(floor(answer)),
          breaker: through(new CircuitBreaker('success')),
          'time window': through(new CircuitBreaker('windowed success', { trip: windowed() })),
        },
        { rounds: ROUNDS, times: 100_000 },
      ),
    },
    {
      title: 'closed, success, with more asked for',
      rows: await interleave(
        {
          bare: succeeding(answer),
          'a listener to state changes': through(watched({ onStateChange: ignore })),
          wrap: succeeding(new CircuitBreaker('wrap').wrap(answer)),
          classify: through(new CircuitBreaker('classify', { classify: () => undefined })),
          timeoutMs: through(new CircuitBreaker('timeout', { timeoutMs: 10_000 })),
          'a listener to failures': through(watched({ onFailure: ignore })),
          'a listener to successes': through(watched({ onSuccess: ignore })),
          'a listener to all events': through(watched({ onEvent: ignore })),
        },
        { rounds: ROUNDS, times: 20_000 },
      ),
    },
    {
      title: 'closed, failure',
      rows: await interleave(
        {
          bare: failing(fail),
          floor: failing(floor(fail)),
          breaker: failingThrough(new CircuitBreaker('failure', { failureThreshold: never })),
          'time window': failingThrough(new CircuitBreaker('windowed failure', { trip: windowed() })),
        },
        { rounds: ROUNDS, times: 20_000 },
      ),
    },
    {
      title: 'trip, trial, closed again',
      rows: await interleave({ bare: bareCycle, breaker: cycle }, { rounds: ROUNDS, times: 10_000 }),
    },
    {
      title: 'open, rejection',
      rows: await interleave(
        { bare: failing(reject), breaker: await rejecting(0), '10 frames deep': await rejecting(10) },
        { rounds: ROUNDS, times: 20_000 },
      ),
    },
  ];
}

const ignore = (): void => undefined;

function watched(listener: CircuitListener): CircuitBreaker {
  return new CircuitBreaker('watched', { listeners: [listener] });
}

function succeeding(call: () => Promise<number>): Contender {
  return async (times) => {
    for (let i = 0; i < times; i++) await call();
  };
}

function through(breaker: CircuitBreaker): Contender {
  return async (times) => {
    for (let i = 0; i < times; i++) await breaker.execute(answer);
  };
}

function failing(call: () => Promise<number>): Contender {
  return async (times) => {
    for (let i = 0; i < times; i++) {
      try {
        await call();
      } catch {}
    }
  };
}

function failingThrough(breaker: CircuitBreaker): Contender {
  return async (times) => {
    for (let i = 0; i < times; i++) {
      try {
        await breaker.execute(fail);
      } catch {}
    }
  };
}

const bareCycle: Contender = async (times) => {
  for (let i = 0; i < times; i++) {
    try {
      await fail();
    } catch {}
    await answer();
  }
};

const cycle: Contender = async (times) => {
  const breaker = new CircuitBreaker('cycle', { failureThreshold: 1, resetTimeoutMs: 0 });
  for (let i = 0; i < times; i++) {
    try {
      await breaker.execute(fail);
    } catch {}
    await breaker.execute(answer);
  }
};

async function rejecting(frames: number): Promise<Contender> {
  const breaker = new CircuitBreaker('rejection');
  await breaker.open();
  const call = (depth: number): Promise<number> => (depth > 0 ? call(depth - 1) : breaker.execute(answer));
  return async (times) => {
    for (let i = 0; i < times; i++) {
      try {
        await call(frames);
      } catch {}
    }
  };
}
