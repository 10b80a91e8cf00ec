import { describe, expect, it } from 'vitest';
import { checkListener } from './check-listener.js';
import { METHODS } from './notify.js';

const EVERY_METHOD = [...Object.values(METHODS), 'onEvent'];

describe('checkListener', () => {
  it('takes an object with any of the methods, or none', () => {
    expect(() => checkListener('listeners[0]', {})).not.toThrow();
    expect(() => checkListener('listeners[0]', { onReject: undefined, other: 5 })).not.toThrow();
    expect(() =>
      checkListener('listeners[0]', Object.fromEntries(EVERY_METHOD.map((m) => [m, () => 0]))),
    ).not.toThrow();
  });

  it('takes an instance of a class', () => {
    class Listener {
      onEvent(): void {}
    }
    expect(() => checkListener('listeners[0]', new Listener())).not.toThrow();
  });

  it.each([
    [() => 0, 'a function'],
    [null, 'null'],
    [undefined, 'undefined'],
    ['onEvent', '"onEvent"'],
    [[], 'an array'],
  ])('refuses %o, which is no object', (value, shown) => {
    const failure = new TypeError(`listeners[0] must be a listener object, but is ${shown}`);
    expect(() => checkListener('listeners[0]', value)).toThrow(failure);
  });

  it.each(EVERY_METHOD)('refuses one whose %s is no function', (method) => {
    const failure = new TypeError(`listeners[2].${method} must be a function, but is true`);
    expect(() => checkListener('listeners[2]', { [method]: true })).toThrow(failure);
  });
});
