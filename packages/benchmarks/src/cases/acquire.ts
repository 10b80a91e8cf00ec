import { CircuitBreaker } from '@breaker/core';
import { nothingToDispose } from '../peers/peer.js';
import { answer } from './calls.js';
import type { Case } from './case.js';
import { contenderOf, unguarded } from './everybody.js';
import { repeat } from './repeat.js';

/** A permit is asked for and settled around the call. */
export const acquire: Case = {
  id: 'acquire',
  title: 'closed, success; a permit around the call',
  async contenders() {
    const breaker = new CircuitBreaker('permits');
    const call = async (): Promise<number> => {
      const permit = await breaker.acquire();
      const value = await answer();
      permit.succeed();
      return value;
    };
    return [unguarded(answer, repeat), contenderOf('acquire and succeed', { call, dispose: nothingToDispose }, repeat)];
  },
};
