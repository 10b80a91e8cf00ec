import { type BreakerEvent, CircuitBreaker } from '../src/index.js';

export const breaker = new CircuitBreaker('orders');

const base = { breaker, circuit: 'orders', epoch: 3, at: 50 } as const;
const outcome = { ...base, durationMs: 5, trial: false, late: false, slow: false } as const;

/** One event of each kind. */
export const EVENTS: { readonly [Type in BreakerEvent['type']]: Extract<BreakerEvent, { type: Type }> } = {
  'before-call': { ...base, type: 'before-call', trial: false },
  success: { ...outcome, type: 'success', value: 'value' },
  failure: { ...outcome, type: 'failure', error: new Error('down') },
  ignore: { ...outcome, type: 'ignore', error: new Error('left') },
  reject: { ...base, type: 'reject', reason: 'open', retryAfterMs: 5 },
  'state-change': {
    ...base,
    type: 'state-change',
    from: 'closed',
    to: 'open',
    scope: 'process',
    origin: 'local',
    reason: 'tripped',
  },
  'storage-degraded': { ...base, type: 'storage-degraded', error: new Error('gone') },
  'storage-recovered': { ...base, type: 'storage-recovered' },
  'listener-error': { ...base, type: 'listener-error', error: new Error('broken'), source: 'onSuccess' },
};
