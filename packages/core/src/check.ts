/** Throws an error that names the argument, its value and what was expected, unless the value is that. */
export type Check = (name: string, value: unknown) => void;

/** The check of each member of an object. */
export type Checks<T> = { [Member in keyof T]-?: Check };

/** Throws what every check throws. */
export function refuse(
  Failure: typeof TypeError | typeof RangeError,
  name: string,
  value: unknown,
  expected: string,
): never {
  throw new Failure(`${name} must be ${expected}, but is ${show(value)}`);
}

function kind(expected: string, isOne: (value: unknown) => boolean): Check {
  return (name, value) => {
    if (!isOne(value)) refuse(TypeError, name, value, expected);
  };
}

/** Makes the check of a range of numbers. */
export function range(expected: string, isWithin: (number: number) => boolean): Check {
  return (name, value) => {
    if (typeof value !== 'number') refuse(TypeError, name, value, expected);
    if (!isWithin(value)) refuse(RangeError, name, value, expected);
  };
}

export const checkCount = range('an integer of at least 1', (count) => Number.isSafeInteger(count) && count >= 1);
export const checkDurationMs = range('a finite number of milliseconds above 0', (ms) => Number.isFinite(ms) && ms > 0);
export const checkDurationOrZeroMs = range(
  'a finite number of milliseconds of at least 0',
  (ms) => Number.isFinite(ms) && ms >= 0,
);
export const checkShare = range('a share above 0 and up to 1', (share) => share > 0 && share <= 1);
export const checkBoolean = kind('true or false', (value) => typeof value === 'boolean');
export const checkName = kind('a non-empty string', (value) => typeof value === 'string' && value !== '');
/** Goes by what it can do: a signal of another realm, or of a polyfill, is as good. */
export const checkSignal = kind(
  'an AbortSignal',
  (value) =>
    isObject(value) &&
    typeof value.aborted === 'boolean' &&
    typeof value.addEventListener === 'function' &&
    typeof value.removeEventListener === 'function',
);

export function checkFunction(name: string, value: unknown, expected = 'a function'): void {
  if (typeof value !== 'function') refuse(TypeError, name, value, expected);
}

/** Checks a function whose answer is needed at once. */
export function checkSynchronous(name: string, value: unknown): void {
  checkFunction(name, value);
  if (isAsync(value)) refuse(TypeError, name, value, 'a function that answers at once');
}

/** Makes the check of an array, all of whose items are alike. */
export function listOf(check: Check): Check {
  return (name, value) => {
    if (!Array.isArray(value)) refuse(TypeError, name, value, 'an array');
    for (const [index, item] of value.entries()) check(`${name}[${index}]`, item);
  };
}

/** Makes the check of an object with these members. */
export function shape<T extends object>(expected: string, members: Checks<T>): Check {
  return (name, value) => {
    if (!isObject(value)) refuse(TypeError, name, value, expected);
    checkMembers(`${name}.`, value as T, members);
  };
}

/** The same checks, of members that may also be missing. */
export function optional<T>(checks: Checks<T>): Checks<T> {
  const lenient = { ...checks };
  for (const member of membersOf(checks)) {
    lenient[member] = (name, value) => {
      if (value !== undefined) checks[member](name, value);
    };
  }
  return lenient;
}

/** Checks each member of an object, and names it so. */
export function checkMembers<T>(prefix: string, members: T, checks: Checks<T>): void {
  for (const member of membersOf(checks)) checks[member](prefix + member, members[member]);
}

/** Not by `for in`: somebody may have given all objects something. */
function membersOf<T>(checks: Checks<T>): readonly (keyof T & string)[] {
  return Object.keys(checks) as (keyof T & string)[];
}

/** Checks options, each by a check of its own; refuses unknown ones. */
export function checkOptions<T extends object>(options: T, checks: Checks<T>, prefix = ''): void {
  checkKeys(`${prefix}options`, options, Object.keys(checks));
  checkMembers(prefix, options, checks);
}

/** Checks that an object has nothing but the known keys, so that a mistyped one does not go unnoticed. */
export function checkKeys(name: string, value: unknown, known: readonly string[]): void {
  if (!isObject(value)) refuse(TypeError, name, value, 'an object');
  const unknown = Object.keys(value).find((key) => !known.includes(key));
  if (unknown === undefined) return;
  throw new TypeError(
    `${name} has an unknown key ${show(unknown)} (${show(value[unknown])}), expected: ${known.join(', ')}`,
  );
}

/** A value as an error message shows it: short, and without calling anything of the value's own. */
export function show(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.length > 80 ? `${value.slice(0, 80)}...` : value);
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'function') return isAsync(value) ? 'an async function' : 'a function';
  if (typeof value !== 'object' || value === null) return String(value);
  if (value instanceof Promise) return 'a promise';
  return Array.isArray(value) ? 'an array' : 'an object';
}

function isObject(value: unknown): value is { readonly [member: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Promise);
}

function isAsync(value: unknown): boolean {
  return Object.prototype.toString.call(value) === '[object AsyncFunction]';
}
