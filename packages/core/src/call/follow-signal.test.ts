import { getEventListeners } from 'node:events';
import { expect, it, vi } from 'vitest';
import { followSignal } from './follow-signal.js';

function watched() {
  const controller = new AbortController();
  const { signal } = controller;
  return { controller, signal, attached: () => getEventListeners(signal, 'abort').length };
}

it('attaches one listener, however many follow, until the last one leaves', () => {
  const { signal, attached } = watched();
  const leave = Array.from({ length: 100 }, () => followSignal(signal, () => undefined));
  for (const stop of leave) {
    expect(attached()).toBe(1);
    stop();
  }
  expect(attached()).toBe(0);
});

it('tells everybody but those who left', () => {
  const { controller, signal, attached } = watched();
  const told: number[] = [];
  const leave = [1, 2, 3].map((follower) =>
    followSignal(signal, () => {
      told.push(follower);
      leave[1]?.();
    }),
  );
  controller.abort();
  expect(told).toEqual([1, 3]);
  leave[0]?.();
  leave[2]?.();
  expect(attached()).toBe(0);
});

it('can be left twice, and followed again', () => {
  const { controller, signal, attached } = watched();
  const follower = vi.fn();
  const stop = followSignal(signal, () => undefined);
  stop();
  const stopAgain = followSignal(signal, follower);
  stop();
  expect(attached()).toBe(1);
  controller.abort();
  expect(follower).toHaveBeenCalledOnce();
  stopAgain();
});
