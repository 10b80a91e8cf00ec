import { describe, expect, it, vi } from 'vitest';
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

describe('a word on how it went that is said while it is judged', () => {
  it('by an abort, is the first: the call counts once', async () => {
    const controller = new AbortController();
    const classify = () => {
      controller.abort('enough');
      return undefined;
    };
    const fallback = vi.fn();
    const { breaker, recorder } = setUp({ classify });
    const { signal } = controller;
    const fail = async () => {
      throw new Error('down');
    };
    expect(await rejectionOf(breaker.execute(fail, { signal, fallback }))).toBe('enough');
    expect(breaker.counts).toMatchObject({ calls: 1, ignored: 1, successes: 0, failures: 0 });
    expect(recorder.types).toEqual(['before-call', 'ignore']);
    expect(fallback).not.toHaveBeenCalled();
  });

  it('by its deadline, is the first: the call has one fallback', async () => {
    const { breaker, clock } = setUp({
      timeoutMs: 10,
      classify: () => {
        clock.advance(10);
        return undefined;
      },
    });
    const fail = () => {
      throw new Error('down');
    };
    const fallback = vi.fn(() => 'spare');
    expect(await breaker.execute(fail, { fallback })).toBe('spare');
    expect(fallback).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ name: 'CircuitTimeoutError' }));
    expect(breaker.counts).toMatchObject({ calls: 1, failures: 1, timeouts: 1 });
  });

  it('to its permit, is the first: the call counts once', async () => {
    const { breaker } = setUp({
      classify: () => {
        permit.ignore();
        return undefined;
      },
    });
    const permit = await breaker.acquire();
    expect(permit.settle({ value: 1 })).toBe('ignore');
    expect(breaker.counts).toMatchObject({ calls: 1, ignored: 1, successes: 0 });
  });
});
