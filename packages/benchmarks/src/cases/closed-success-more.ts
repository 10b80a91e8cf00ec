import { CircuitBreaker, type CircuitBreakerOptions, MemoryStorage } from '@breaker/core';
import { pinoListener } from '@breaker/listeners-pino';
import { pino } from 'pino';
import { guardBy, optionsFor } from '../peers/breaker.js';
import { nothingToDispose } from '../peers/peer.js';
import { answer } from './calls.js';
import type { Case } from './case.js';
import { plain } from './demands.js';
import { contenderOf, unguarded } from './everybody.js';
import { repeat } from './repeat.js';

const ignore = (): void => undefined;

/** What only `@breaker/core` has, or only it can do without a breaker of another kind. */
const options: Readonly<Record<string, CircuitBreakerOptions>> = {
  plain: {},
  'a shared storage': { storage: new MemoryStorage() },
  'a listener to changes of state': { listeners: [{ onStateChange: ignore }] },
  'a pino listener': { listeners: [pinoListener(pino({}, { write: ignore }))] },
  classify: { classify: () => undefined },
  'a listener to all events': { listeners: [{ onEvent: ignore }] },
};

export const closedSuccessMore: Case = {
  id: 'closed-success-more',
  title: 'closed, success; @breaker/core with more asked for',
  async contenders() {
    const guarded = Object.entries(options).map(([name, more]) => {
      return contenderOf(name, guardBy(answer, { ...optionsFor(plain), ...more }), repeat);
    });
    const wrapped = { call: new CircuitBreaker('wrapped').wrap(answer), dispose: nothingToDispose };
    return [unguarded(answer, repeat), ...guarded, contenderOf('wrap', wrapped, repeat)];
  },
};
