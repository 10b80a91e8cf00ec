import { describe, expect, it, vi } from 'vitest';
import { EVENTS } from '../../test/events.js';
import { letPromisesRun } from '../../test/let-promises-run.js';
import type { CircuitListener } from './circuit-listener.js';
import { METHODS, notify } from './notify.js';

const { success } = EVENTS;

function raising(fault: unknown): () => never {
  return () => {
    throw fault;
  };
}

function thenable(then: PropertyDescriptor): object {
  return Object.defineProperties({}, { then });
}

describe('notify', () => {
  it.each(Object.values(EVENTS))('tells $type to its own method, then to onEvent', (event) => {
    const told: [string, unknown][] = [];
    const methods = [...Object.values(METHODS), 'onEvent'];
    const listener: CircuitListener = Object.fromEntries(
      methods.map((method) => [method, (given: unknown) => told.push([method, given])]),
    );
    notify([listener], event, vi.fn());
    expect(told).toEqual([
      [METHODS[event.type], event],
      ['onEvent', event],
    ]);
  });

  it('has a method of its own for every kind of event', () => {
    expect(Object.keys(METHODS).sort()).toEqual(Object.keys(EVENTS).sort());
    expect(new Set(Object.values(METHODS)).size).toBe(Object.keys(EVENTS).length);
  });

  it('tells the listeners in order, each one all of it', () => {
    const told: string[] = [];
    const listener = (name: string): CircuitListener => ({
      onSuccess: () => told.push(`${name}.onSuccess`),
      onEvent: () => told.push(`${name}.onEvent`),
    });
    notify([listener('a'), listener('b')], success, vi.fn());
    expect(told).toEqual(['a.onSuccess', 'a.onEvent', 'b.onSuccess', 'b.onEvent']);
  });

  it('calls a method on its listener, which may be an instance of a class', () => {
    class Counting {
      successes = 0;
      onSuccess(): void {
        this.successes++;
      }
    }
    const listener = new Counting();
    notify([listener], success, vi.fn());
    expect(listener.successes).toBe(1);
  });

  it('passes over methods that are missing or undefined', () => {
    const onFault = vi.fn();
    notify([{}, { onSuccess: undefined } as object, { onFailure: onFault }], success, onFault);
    expect(onFault).not.toHaveBeenCalled();
  });

  it('reports what a method throws, and tells everybody else all the same', () => {
    const fault = new Error('broken');
    const onFault = vi.fn();
    const last = { onSuccess: vi.fn() };
    const broken: CircuitListener = {
      onSuccess: () => {
        throw fault;
      },
      onEvent: vi.fn(),
    };
    notify([broken, last], success, onFault);
    expect(onFault.mock.calls).toEqual([[fault, 'onSuccess', success]]);
    expect(broken.onEvent).toHaveBeenCalledOnce();
    expect(last.onSuccess).toHaveBeenCalledOnce();
  });

  it('reports what a method rejects with, when it does', async () => {
    const fault = new Error('broken later');
    const onFault = vi.fn();
    notify([{ onEvent: async () => Promise.reject(fault) }], success, onFault);
    expect(onFault).not.toHaveBeenCalled();
    await letPromisesRun();
    expect(onFault.mock.calls).toEqual([[fault, 'onEvent', success]]);
  });

  it('is content with a promise that is fulfilled', async () => {
    const onFault = vi.fn();
    notify([{ onEvent: async () => 'done' }], success, onFault);
    await letPromisesRun();
    expect(onFault).not.toHaveBeenCalled();
  });

  it.each([
    [
      'a method that cannot be read',
      Object.defineProperty({}, 'onSuccess', { get: raising('unreadable') }),
      'unreadable',
    ],
    ['a thenable that throws', { onSuccess: () => thenable({ value: raising('thrown') }) }, 'thrown'],
    ['a thenable that cannot be read', { onSuccess: () => thenable({ get: raising('hidden') }) }, 'hidden'],
    ['nothing at all thrown', { onSuccess: raising(undefined) }, undefined],
  ])('reports %s', (_, listener, fault) => {
    const onFault = vi.fn();
    notify([listener], success, onFault);
    expect(onFault.mock.calls).toEqual([[fault, 'onSuccess', success]]);
  });
});
