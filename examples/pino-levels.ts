// Chooses what is logged, how loud, and how often.

import { CircuitBreakerRegistry } from '@breaker/core';
import { pinoListener } from '@breaker/listeners-pino';
import { pino } from 'pino';

const logger = pino({ customLevels: { page: 55 } }, pino.destination({ dest: 1, sync: true }));

// #region levels
using listener = pinoListener(logger, {
  levels: { open: 'page', reject: 'warn', failure: 'silent', ignore: 'silent' },
  summaryMs: 60_000,
});

const breakers = new CircuitBreakerRegistry({ listeners: [listener] }); // counted for each of its circuits
// #endregion

for (const host of ['a.example', 'b.example']) {
  const breaker = breakers.get(host);
  await breaker.open();
  for (let call = 0; call < 10; call++) breaker.executeSync(() => 'found', { fallback: () => 'not asked' });
}
