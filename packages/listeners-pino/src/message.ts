import type { BreakerEvent, StateChangeEvent, StateChangeReason } from '@breaker/core';
import type { FloodEvent } from './flood-event.js';

const REASONS: Readonly<Record<StateChangeReason, string>> = {
  tripped: 'tripped',
  'trial-failed': 'a trial failed',
  'trial-due': 'a trial is due',
  'trial-succeeded': 'trials succeeded',
  manual: 'by hand',
  adopted: 'adopted',
};

/** What a line says to people. */
export function messageOf(event: BreakerEvent): string {
  return `Circuit "${event.circuit}"${predicateOf(event)}`;
}

function predicateOf(event: BreakerEvent): string {
  switch (event.type) {
    case 'before-call':
      return `: ${event.trial ? 'trial' : 'call'} begins`;
    case 'success':
      return `: ${event.trial ? 'trial' : 'call'} succeeded`;
    case 'failure':
      return `: ${event.trial ? 'trial' : 'call'} failed`;
    case 'ignore':
      return `: ${event.trial ? 'trial' : 'call'} ignored`;
    case 'reject':
      return `: call rejected (${event.reason})`;
    case 'state-change':
      return ` is ${event.to}${event.scope === 'fleet' ? ' in the fleet' : ''}: ${reasonOf(event)}`;
    case 'storage-degraded':
      return ' goes on alone: its storage is out of reach';
    case 'storage-recovered':
      return ': its storage answers again';
    case 'listener-error':
      return `: ${event.source} threw, and was passed over`;
  }
}

function reasonOf({ origin, reason }: StateChangeEvent): string {
  return origin === 'remote' ? 'another process says so' : REASONS[reason];
}

/** What the line of many events says. */
export function summaryMessageOf({ type, circuit }: FloodEvent, count: number, overMs: number): string {
  const [noun, verb] = SUMMARIES[type];
  return `Circuit "${circuit}": ${count} more ${noun}${count === 1 ? '' : 's'} ${verb} in ${show(overMs)}`;
}

function show(ms: number): string {
  return ms < 1_000 ? `${ms} ms` : `${Math.round(ms / 100) / 10} s`;
}

const SUMMARIES: Readonly<Record<FloodEvent['type'], readonly [noun: string, verb: string]>> = {
  failure: ['call', 'failed'],
  ignore: ['call', 'ignored'],
  reject: ['call', 'rejected'],
  'listener-error': ['fault', 'passed over'],
};
