// Wakes somebody when a circuit has opened, once, behind the caller's back.

import { CircuitBreaker, type CircuitListener, type StateChangeEvent } from '@breaker/core';
import { FakeClock, outcomes, trip } from '@breaker/testing';

async function page(message: string): Promise<void> {
  if (message.includes('mail')) throw new Error('the pager is down, too');
  console.log(`page: ${message}`);
}

// #region alerting
const alert: CircuitListener = {
  // Each process of a fleet hears of a change that another one made: only the one that made it wakes somebody.
  onStateChange({ circuit, from, to, origin }: StateChangeEvent) {
    if (origin === 'remote' || from === to) return undefined;
    if (from === 'closed' && to === 'open') return page(`${circuit} has opened`); // not again at each trial that fails
    if (to === 'closed') return page(`${circuit} is well again`);
    return undefined;
  }, // its promise is not awaited; what it rejects with goes to onListenerError
  onListenerError: ({ error }) => console.log(`nobody was woken: ${error}`),
};
// #endregion

const clock = new FakeClock();
for (const name of ['payments', 'mail']) {
  const breaker = new CircuitBreaker(name, { clock, listeners: [alert] });
  await trip(breaker);
  const call = breaker.wrap(outcomes(new Error('still down'), 'done'));
  for (let trial = 0; trial < 2; trial++) {
    clock.advance(60_000);
    await call().catch(() => undefined);
  }
  console.log(`${name}: ${breaker.state}`);
}
