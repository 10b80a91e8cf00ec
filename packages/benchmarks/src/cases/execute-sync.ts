import { CircuitBreaker } from '@breaker/core';
import type { Contender } from '../measure/contender.js';
import { nothingToDispose } from '../peers/peer.js';
import type { Case } from './case.js';

/** No other library here guards synchronous calls. */
export const executeSync: Case = {
  id: 'execute-sync',
  title: 'closed, success; synchronous calls',
  async contenders() {
    const breaker = new CircuitBreaker('sync');
    const counts = { successes: 0, failures: 0 };
    return [
      synchronously('bare call', answer),
      synchronously('by hand, try', () => {
        try {
          const value = answer();
          counts.successes++;
          return value;
        } catch (error) {
          counts.failures++;
          throw error;
        }
      }),
      synchronously('executeSync', () => breaker.executeSync(answer)),
    ];
  },
};

let last = 0;
const answer = (): number => ++last;

function synchronously(name: string, call: () => number): Contender {
  const run = async (times: number): Promise<void> => {
    for (let i = 0; i < times; i++) call();
  };
  return { name, run, dispose: nothingToDispose };
}
