// For work that is no single function: ask for a permit, do the work, say how it went.

import { CircuitBreaker, CircuitOpenError } from '@breaker/core';

const breaker = new CircuitBreaker('printer', { failureThreshold: 2 });

// #region permit
async function print(pages = 1) {
  using permit = await breaker.acquire();
  if (pages > 100) {
    permit.ignore(); // our own fault: says nothing about the printer
    return 'too long';
  }
  await startPrinting(pages);
  permit.succeed(); // else leaving the scope, as by a throw, is a failure
  return 'printed';
}
// #endregion

async function startPrinting(pages: number): Promise<void> {
  if (pages > 10) throw new Error('paper jam');
}

for (const pages of [3, 500, 20, 20, 3]) {
  const outcome = await print(pages).catch((error: Error) =>
    error instanceof CircuitOpenError ? `not tried: ${error.message}` : error.message,
  );
  console.log(`${pages} pages: ${outcome}`);
}
