// Logs what breakers tell, as one JSON line per event: of many rejections the first, and then their number.

// #region pino
import { CircuitBreaker } from '@breaker/core';
import { pinoListener } from '@breaker/listeners-pino';
import { pino } from 'pino';

const logger = pino().child({ service: 'shop' });
const listener = pinoListener(logger);

const breaker = new CircuitBreaker('payments', { failureThreshold: 3, listeners: [listener] });
// #endregion

const pay = breaker.wrap(async (amount: number) => {
  throw new Error(`cannot pay ${amount}`);
});

for (let amount = 1; amount <= 200; amount++) await pay(amount).catch(() => undefined);

// #region end
listener.dispose(); // before the process ends: writes what was counted and not told yet
// #endregion
