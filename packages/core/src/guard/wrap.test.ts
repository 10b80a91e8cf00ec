import { expect, it } from 'vitest';
import { rejectionOf, thrownBy } from '../../test/caught.js';
import { CircuitBreaker } from '../index.js';

const breaker = new CircuitBreaker('orders');

it('gives a function whose name and length are as those of every function', () => {
  const find = async (_id: string, _version: number) => 1;
  const findSync = (_id: string) => 1;
  for (const [fn, wrapped] of [
    [find, breaker.wrap(find)],
    [findSync, breaker.wrapSync(findSync)],
  ] as const) {
    for (const property of ['name', 'length']) {
      const descriptor = Object.getOwnPropertyDescriptor(fn, property);
      expect(Object.getOwnPropertyDescriptor(wrapped, property)).toEqual({ ...descriptor, writable: false });
    }
  }
});

it('takes a function that gives nothing', async () => {
  expect(await (breaker.wrap((() => undefined) as never) as () => unknown)()).toBeUndefined();
});

it('refuses an iterator of a function that is no generator function, and says what to wrap', async () => {
  const items = breaker.wrap(() => [1].values() as Generator<number>);
  expect(await rejectionOf(items() as never)).toEqual(
    new TypeError('fn gave an iterator, but is no generator function: wrap the generator itself'),
  );
});

it('refuses what is no function', () => {
  const error = new TypeError('fn must be a function, but is 5');
  expect(thrownBy(() => breaker.wrap(5 as never))).toEqual(error);
  expect(thrownBy(() => breaker.wrapSync(5 as never))).toEqual(error);
});

it.each([
  ['AsyncFunction', async () => 1],
  ['GeneratorFunction', function* () {}],
  ['AsyncGeneratorFunction', async function* () {}],
])('refuses for a synchronous function what is of the kind %s, at once', (kind, fn) => {
  expect(thrownBy(() => breaker.wrapSync(fn as never))).toEqual(
    new TypeError(`fn must be a plain synchronous function, but is of the kind ${kind}: use wrap()`),
  );
});
