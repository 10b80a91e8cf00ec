import type { History } from '../history.js';
import type { Violation } from '../violation.js';

/**
 * Invariant 12. A process that lets go of its breaker, its storage and its client ends by itself; nothing is left unhandled, and
 * nobody waits for a ruling for ever.
 */
export function* checkEndings({ events }: History): Generator<Violation> {
  const waiting = new Map<string, number>();
  const wait = (by: string, more: number) => waiting.set(by, (waiting.get(by) ?? 0) + more);
  for (const event of events) {
    const { at, by } = event;
    if (event.type === 'ruling') wait(by, 1);
    else if (event.type === 'ruled') wait(by, -1);
    else if (event.type === 'ended' && (waiting.get(event.member) ?? 0) > 0) {
      yield { invariant: 12, at, message: `${event.member} ended, and never settled a ruling` };
    }
    if (event.type === 'surprised') {
      yield { invariant: 12, at, message: `${event.by}: ${event.where}: ${event.error}` };
    } else if (event.type === 'ended' && !event.byItself) {
      yield { invariant: 12, at, message: `${event.member} had disposed of everything, and did not end` };
    } else if (event.type === 'ended' && event.code !== 0) {
      yield { invariant: 12, at, message: `${event.member} ended with code ${event.code}` };
    }
  }
}
