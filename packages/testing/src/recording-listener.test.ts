import { CircuitBreaker } from '@breaker/core';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { RecordingListener } from './recording-listener.js';

afterEach(() => {
  vi.restoreAllMocks();
});

const fail = () => Promise.reject(new Error('down'));

it('keeps what it is told, in order', async () => {
  const recorder = new RecordingListener();
  const breaker = new CircuitBreaker('orders', { failureThreshold: 1, listeners: [recorder] });
  await breaker.execute(() => 1);
  await breaker.execute(fail).catch(() => undefined);
  await breaker.execute(fail).catch(() => undefined);
  await breaker.close();

  const before = ['before-call', 'success', 'before-call', 'failure', 'state-change', 'reject', 'state-change'];
  expect(recorder.types).toEqual(before);
  expect(recorder.states).toEqual(['open', 'closed']);
  expect(recorder.of('success').map(({ value }) => value)).toEqual([1]);
  expect(recorder.of('state-change').map(({ reason }) => reason)).toEqual(['tripped', 'manual']);
  expect(recorder.of('storage-degraded')).toEqual([]);

  recorder.clear();
  expect([recorder.events, recorder.types, recorder.states]).toEqual([[], [], []]);
});

it('shows no change where what had opened here opens for all', async () => {
  const recorder = new RecordingListener();
  const breaker = new CircuitBreaker('orders', { listeners: [recorder] });
  await breaker.open();
  for (const change of recorder.of('state-change')) recorder.onEvent({ ...change, from: 'open', scope: 'fleet' });
  expect([recorder.types.length, recorder.states]).toEqual([2, ['open']]);
});

describe('what a function of the test throws', () => {
  async function breakClassify(recorder: RecordingListener): Promise<void> {
    const classify = () => {
      throw new Error('broken classify');
    };
    await new CircuitBreaker('orders', { classify, listeners: [recorder] }).execute(() => 1);
  }

  it('is written to console.error, too', async () => {
    const write = vi.spyOn(console, 'error').mockReturnValue();
    const recorder = new RecordingListener();
    await breakClassify(recorder);
    expect(recorder.of('listener-error')).toHaveLength(1);
    const message = 'Circuit "orders": classify threw, and was passed over:';
    expect(write.mock.calls).toEqual([[message, new Error('broken classify')]]);
  });

  it('is only kept where it is quiet', async () => {
    const write = vi.spyOn(console, 'error').mockReturnValue();
    const recorder = new RecordingListener({ quiet: true });
    await breakClassify(recorder);
    expect(recorder.of('listener-error')).toHaveLength(1);
    expect(write).not.toHaveBeenCalled();
  });
});
