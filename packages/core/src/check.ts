/** Throws an error that names the argument, its value and what was expected. */
function refuse(Failure: typeof TypeError | typeof RangeError, name: string, value: unknown, expected: string): never {
  throw new Failure(`${name} must be ${expected}, but is ${show(value)}`);
}

export function checkCount(name: string, value: unknown): asserts value is number {
  checkNumber(name, value, 'an integer of at least 1', (count) => Number.isSafeInteger(count) && count >= 1);
}

export function checkDurationMs(name: string, value: unknown): asserts value is number {
  checkNumber(name, value, 'a finite number of milliseconds above 0', (ms) => Number.isFinite(ms) && ms > 0);
}

export function checkDurationOrZeroMs(name: string, value: unknown): asserts value is number {
  checkNumber(name, value, 'a finite number of milliseconds of at least 0', (ms) => Number.isFinite(ms) && ms >= 0);
}

export function checkShare(name: string, value: unknown): asserts value is number {
  checkNumber(name, value, 'a share above 0 and up to 1', (share) => share > 0 && share <= 1);
}

export function checkNumber(
  name: string,
  value: unknown,
  expected: string,
  isValid: (value: number) => boolean,
): asserts value is number {
  if (typeof value !== 'number') refuse(TypeError, name, value, expected);
  if (!isValid(value)) refuse(RangeError, name, value, expected);
}

export function checkBoolean(name: string, value: unknown): asserts value is boolean {
  if (typeof value !== 'boolean') refuse(TypeError, name, value, 'true or false');
}

export function checkFunction(name: string, value: unknown, expected = 'a function'): void {
  if (typeof value !== 'function') refuse(TypeError, name, value, expected);
}

/** Checks a function whose answer is needed at once. */
export function checkSynchronous(name: string, value: unknown): void {
  checkFunction(name, value);
  if (isAsync(value)) refuse(TypeError, name, value, 'a function that answers at once');
}

export function checkArray(name: string, value: unknown): asserts value is readonly unknown[] {
  if (!Array.isArray(value)) refuse(TypeError, name, value, 'an array');
}

export function checkName(name: string, value: unknown): asserts value is string {
  if (typeof value !== 'string' || value === '') refuse(TypeError, name, value, 'a non-empty string');
}

export function checkObject(name: string, value: unknown, expected = 'an object'): asserts value is object {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Promise);
  if (!isObject) refuse(TypeError, name, value, expected);
}

/** Checks that an object has nothing but the known keys, so that a mistyped one does not go unnoticed. */
export function checkKeys(name: string, value: unknown, known: readonly string[]): asserts value is object {
  checkObject(name, value);
  for (const key of Object.keys(value)) {
    if (known.includes(key)) continue;
    const given = show((value as Record<string, unknown>)[key]);
    throw new TypeError(`${name} has an unknown key ${show(key)} (${given}), expected: ${known.join(', ')}`);
  }
}

/** Checks an AbortSignal by what it can do: one of another realm, or of a polyfill, is as good. */
export function checkSignal(name: string, value: unknown): asserts value is AbortSignal {
  const signal = value as Partial<AbortSignal> | null | undefined;
  const isSignal =
    typeof signal?.aborted === 'boolean' &&
    typeof signal.addEventListener === 'function' &&
    typeof signal.removeEventListener === 'function';
  if (!isSignal) refuse(TypeError, name, value, 'an AbortSignal');
}

/** A value as an error message shows it: short, and without calling anything of the value's own. */
export function show(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return JSON.stringify(value.length > 80 ? `${value.slice(0, 80)}...` : value);
    case 'bigint':
      return `${value}n`;
    case 'function':
      return isAsync(value) ? 'an async function' : 'a function';
    case 'object':
      return showObject(value);
    default:
      return String(value);
  }
}

function isAsync(value: unknown): boolean {
  return Object.prototype.toString.call(value) === '[object AsyncFunction]';
}

function showObject(value: object | null): string {
  if (value === null) return 'null';
  if (value instanceof Promise) return 'a promise';
  return Array.isArray(value) ? 'an array' : 'an object';
}
