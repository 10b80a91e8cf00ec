import { expect, it } from 'vitest';
import { rejectionOf } from '../../test/caught.js';
import { setUp } from '../../test/set-up.js';

it('tells with what reason its caller aborted it, and after how long', async () => {
  const { breaker, clock, recorder } = setUp();
  const controller = new AbortController();
  const call = rejectionOf(breaker.execute(() => new Promise(() => undefined), { signal: controller.signal }));
  clock.advance(30);
  controller.abort('enough');
  expect(await call).toBe('enough');
  expect(recorder.last('ignore')).toMatchObject({ error: 'enough', durationMs: 30 });
});

it('keeps to the first word on how it went', async () => {
  const { breaker } = setUp({ failureThreshold: 1 });
  const permit = await breaker.acquire();
  permit.fail(new Error('down'));
  permit.succeed();
  expect(permit.settle({ value: 1 })).toBe('failure');
  expect(breaker.counts).toMatchObject({ calls: 1, failures: 1, successes: 0 });
});
