import type { Clock } from '@breaker/core';

/** Throws an error that names the argument, its value and what was expected. */
function refuse(Failure: typeof TypeError | typeof RangeError, name: string, value: unknown, expected: string): never {
  const shown = typeof value === 'object' && value !== null ? 'an object' : String(value);
  throw new Failure(`${name} must be ${expected}, but is ${shown}`);
}

function checkNumber(name: string, value: unknown, expected: string, isValid: (value: number) => boolean): void {
  if (typeof value !== 'number') refuse(TypeError, name, value, expected);
  if (!isValid(value)) refuse(RangeError, name, value, expected);
}

export function checkFinite(name: string, value: unknown): asserts value is number {
  checkNumber(name, value, 'a finite number', Number.isFinite);
}

export function checkInteger(name: string, value: unknown): void {
  checkNumber(name, value, 'an integer', Number.isSafeInteger);
}

export function checkCount(name: string, value: unknown): void {
  checkNumber(name, value, 'an integer of at least 1', (count) => Number.isSafeInteger(count) && count >= 1);
}

export function checkDurationMs(name: string, value: unknown): void {
  checkNumber(name, value, 'a finite number of milliseconds of at least 0', (ms) => Number.isFinite(ms) && ms >= 0);
}

export function checkFunction(name: string, value: unknown): void {
  if (typeof value !== 'function') refuse(TypeError, name, value, 'a function');
}

export function checkObject(name: string, value: unknown, expected: string): asserts value is object {
  if (typeof value !== 'object' || value === null) refuse(TypeError, name, value, expected);
}

export function checkClock(name: string, value: unknown): asserts value is Clock {
  checkObject(name, value, 'a clock, such as new FakeClock()');
  const clock = value as Clock;
  checkFunction(`${name}.now`, clock.now);
  checkFunction(`${name}.setTimeout`, clock.setTimeout);
  checkFunction(`${name}.clearTimeout`, clock.clearTimeout);
}
