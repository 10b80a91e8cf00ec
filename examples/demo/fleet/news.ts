import type { BreakerEvent, CircuitState, StateChangeEvent } from '@breaker/core';

/** What a process of the fleet tells its parent: the events of its breaker that matter here, and when they happened. */
export type News = { readonly at: number } & (
  | { readonly type: 'before-call' | 'success' | 'failure'; readonly trial: boolean }
  | { readonly type: 'reject' | 'storage-degraded' | 'storage-recovered' }
  | {
      readonly type: 'state-change';
      readonly to: CircuitState;
      readonly scope: StateChangeEvent['scope'];
      readonly epoch: number;
    }
);

/** In milliseconds, by a clock that all processes of a machine share, and that nobody sets. */
export function now(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}

export function newsOf(event: BreakerEvent): News | undefined {
  const at = now();
  switch (event.type) {
    case 'before-call':
    case 'success':
    case 'failure':
      return { at, type: event.type, trial: event.trial };
    case 'reject':
    case 'storage-degraded':
    case 'storage-recovered':
      return { at, type: event.type };
    case 'state-change':
      return { at, type: event.type, to: event.to, scope: event.scope, epoch: event.epoch };
    default:
      return undefined;
  }
}
