import { afterEach, expect, it } from 'vitest';
import { thrownBy } from '../../test/caught.js';
import { CircuitBreaker } from '../index.js';

const notes = new WeakMap<object, Map<unknown, unknown>>();

/** As reflect-metadata adds them to `Reflect`. */
const metadata = {
  getOwnMetadataKeys: (target: object) => [...(notes.get(target)?.keys() ?? [])],
  getOwnMetadata: (key: unknown, target: object) => notes.get(target)?.get(key),
  defineMetadata: (key: unknown, value: unknown, target: object) => {
    notes.set(target, new Map(notes.get(target)).set(key, value));
  },
};

afterEach(() => {
  for (const name of Object.keys(metadata)) Reflect.deleteProperty(Reflect, name);
});

it('moves what other decorators noted on the method on to the one that takes its place', () => {
  Object.assign(Reflect, metadata);
  const find = async (id: string) => id;
  metadata.defineMetadata('path', '/orders', find);
  metadata.defineMetadata('method', 'GET', find);
  const guarded = new CircuitBreaker('orders').guard({}, 'find', { value: find, configurable: true });
  expect(guarded.value).not.toBe(find);
  expect(notes.get(guarded.value as object)).toEqual(notes.get(find));
  expect(guarded.configurable).toBe(true);
});

it.each([
  ['a field', [undefined, { kind: 'field', name: 'id' }], '"id"'],
  ['a class', [class {}, { kind: 'class', name: 'Repository' }], '"Repository"'],
  ['a field, the legacy way', [{}, 'id'], '"id"'],
  ['an accessor, the legacy way', [{}, 'id', { get: () => 5 }], '"id"'],
  ['a class, the legacy way', [class {}], 'undefined'],
  ['nothing that it knows', [{}, null], 'undefined'],
])('refuses to decorate %s, and says so', (_, args, shown) => {
  const guard = new CircuitBreaker('orders').guard as (...args: unknown[]) => unknown;
  const error = new TypeError(`guard decorates methods only, but ${shown} is none`);
  expect(thrownBy(() => guard(...args))).toEqual(error);
});
