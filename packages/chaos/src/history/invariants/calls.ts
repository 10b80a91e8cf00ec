import type { History } from '../history.js';
import type { Called } from '../history-event.js';
import type { Expectations, Violation } from '../violation.js';

const DEFAULT_LEASE_TIMEOUT_MS = 100;

/**
 * Invariant 9. A call gets its own outcome or a breaker's rejection, whatever the storage does; it is made at once while the circuit
 * is closed, and else it waits for at most `leaseTimeoutMs`. Time in which the process stood still does not count. A ruling that fails
 * does so with a storage error that says what it is.
 */
export function* checkCalls(history: History, { toleranceMs }: Required<Expectations>): Generator<Violation> {
  yield* checkRulings(history);
  for (const { name, calls, settings } of history.members.values()) {
    const { leaseTimeoutMs = DEFAULT_LEASE_TIMEOUT_MS } = settings;
    for (const call of calls) {
      const { at, outcome, error, wasClosed, wasAtOnce } = call;
      const waitedMs = waitOf(call);
      if (outcome === 'strange') yield { invariant: 9, at, message: `a call of ${name} ended with ${error}` };
      if (wasClosed && !wasAtOnce)
        yield { invariant: 9, at, message: `a call of ${name} waited, though it was closed` };
      if (waitedMs > leaseTimeoutMs + toleranceMs) {
        yield { invariant: 9, at, message: `a call of ${name} waited for ${Math.round(waitedMs)} ms` };
      }
    }
  }
}

function* checkRulings({ events }: History): Generator<Violation> {
  for (const event of events) {
    if (event.type !== 'ruled' || event.error === undefined || event.error.startsWith('CircuitStorageError')) continue;
    yield { invariant: 9, at: event.at, message: `a ruling of ${event.by} failed with ${event.error}` };
  }
}

function waitOf({ askedAt, startedAt, at, stalledMs }: Called & { readonly at: number }): number {
  return (startedAt ?? at) - askedAt - stalledMs;
}
