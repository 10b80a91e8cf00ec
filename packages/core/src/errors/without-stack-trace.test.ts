import { afterEach, describe, expect, it } from 'vitest';
import { withoutStackTrace } from './without-stack-trace.js';

const original = Object.getOwnPropertyDescriptor(Error, 'stackTraceLimit') as PropertyDescriptor;
const FRAME = /\n\s+at /;

function setLimit(descriptor: PropertyDescriptor): void {
  Object.defineProperty(Error, 'stackTraceLimit', { ...original, ...descriptor });
}

describe('withoutStackTrace', () => {
  afterEach(() => setLimit({}));

  it('makes an error that has no frames', () => {
    const error = withoutStackTrace(() => new RangeError('x'));
    expect(error).toBeInstanceOf(RangeError);
    expect(error.stack).toBe('RangeError: x');
  });

  it('leaves the errors made after it as they were', () => {
    withoutStackTrace(() => new Error('x'));
    expect(Error.stackTraceLimit).toBe(original.value);
    expect(new Error('y').stack).toMatch(FRAME);
  });

  it('leaves them so, too, where making the error throws', () => {
    const make = () => {
      throw new Error('made nothing');
    };
    expect(() => withoutStackTrace(make)).toThrow('made nothing');
    expect(Error.stackTraceLimit).toBe(original.value);
  });

  it('restores whatever limit was set', () => {
    setLimit({ value: 3 });
    withoutStackTrace(() => new Error('x'));
    expect(Error.stackTraceLimit).toBe(3);
  });

  it('makes the error all the same where the engine has no such setting, and adds none', () => {
    setLimit({ value: undefined });
    expect(withoutStackTrace(() => new Error('x')).message).toBe('x');
    Reflect.deleteProperty(Error, 'stackTraceLimit');
    expect(withoutStackTrace(() => new Error('x')).message).toBe('x');
    expect('stackTraceLimit' in Error).toBe(false);
  });

  it('makes the error with its frames where the setting is read-only', () => {
    setLimit({ writable: false });
    expect(withoutStackTrace(() => new Error('x')).stack).toMatch(FRAME);
    expect(Error.stackTraceLimit).toBe(original.value);
  });
});
