import type { History } from '../history.js';
import type { Violation } from '../violation.js';

/** Invariant 12. A process that lets go of its breaker, its storage and its client ends by itself; and nothing is left unhandled. */
export function* checkEndings({ events }: History): Generator<Violation> {
  for (const event of events) {
    const { at } = event;
    if (event.type === 'surprised') {
      yield { invariant: 12, at, message: `${event.by}: ${event.where}: ${event.error}` };
    } else if (event.type === 'ended' && !event.byItself) {
      yield { invariant: 12, at, message: `${event.member} had disposed of everything, and did not end` };
    } else if (event.type === 'ended' && event.code !== 0) {
      yield { invariant: 12, at, message: `${event.member} ended with code ${event.code}` };
    }
  }
}
