import { CircuitBreaker } from '@breaker/core';
import { type Call, nothingToDispose } from '../peers/peer.js';
import { answer } from './calls.js';
import type { Case } from './case.js';
import { contenderOf, unguarded } from './everybody.js';
import { repeat } from './repeat.js';

/** A permit is asked for and settled around the call. */
export const acquire: Case = {
  id: 'acquire',
  title: 'closed, success; a permit around the call',
  contenders: async () => [
    unguarded(answer, repeat),
    contenderOf('acquire and succeed', { call: withPermit(answer), dispose: nothingToDispose }, repeat),
  ],
};

export function withPermit(call: Call): Call {
  const breaker = new CircuitBreaker('permits');
  return async () => {
    const permit = await breaker.acquire();
    const value = await call();
    permit.succeed();
    return value;
  };
}
