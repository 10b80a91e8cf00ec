import { expect, it, vi } from 'vitest';
import { rejectionOf } from '../../test/caught.js';
import { CircuitBreaker } from '../index.js';

it('makes no call that a listener has aborted when it was about to be made', async () => {
  const controller = new AbortController();
  const breaker = new CircuitBreaker('orders', { listeners: [{ onBeforeCall: () => controller.abort('enough') }] });
  const fn = vi.fn();
  expect(await rejectionOf(breaker.execute(fn, { signal: controller.signal }))).toBe('enough');
  expect(fn).not.toHaveBeenCalled();
  expect(breaker.counts).toMatchObject({ calls: 1, ignored: 1 });
});
