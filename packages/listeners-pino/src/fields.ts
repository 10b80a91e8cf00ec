import type { BreakerEvent } from '@breaker/core';

/**
 * What a line tells of an event, under the names that the event has for it, the error under `err`. Each field is named
 * here, so that none gets into a log by chance: the breaker itself does not, nor what a call gave, which may be secret.
 */
export function fieldsOf(event: BreakerEvent): object {
  const { type, circuit, epoch, at } = event;
  const common = { type, circuit, epoch, at };
  switch (event.type) {
    case 'before-call':
      return { ...common, trial: event.trial };
    case 'success':
      return { ...common, ...outcomeOf(event) };
    case 'failure':
    case 'ignore':
      return { ...common, count: 1, ...outcomeOf(event) };
    case 'reject':
      return { ...common, count: 1, reason: event.reason, retryAfterMs: event.retryAfterMs };
    case 'state-change': {
      const { from, to, scope, origin, reason } = event;
      return { ...common, from, to, scope, origin, reason };
    }
    case 'storage-degraded':
      return { ...common, err: event.error };
    case 'storage-recovered':
      return common;
    case 'listener-error':
      return { ...common, count: 1, source: event.source, err: event.error };
  }
}

function outcomeOf(event: Extract<BreakerEvent, { readonly durationMs: number }>): object {
  const { durationMs, trial, late, slow, error: err } = event;
  return { durationMs, trial, late, slow, err };
}
