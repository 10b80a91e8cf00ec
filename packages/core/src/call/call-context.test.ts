import { expect, it } from 'vitest';
import { LazyCallContext } from './call-context.js';

it('gives the same signal at every reading', () => {
  const context = new LazyCallContext();
  const { signal } = context;
  expect(context.signal).toBe(signal);
  context.abort('late');
  expect(context.signal).toBe(signal);
});

it('gives the reason of an abort, whether the signal was read before or not', () => {
  const [read, unread] = [new LazyCallContext(), new LazyCallContext()];
  expect(read.signal.aborted).toBe(false);
  for (const context of [read, unread]) {
    context.abort('late');
    expect(context.signal).toMatchObject({ aborted: true, reason: 'late' });
  }
});
