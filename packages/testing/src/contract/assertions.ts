// The suite runs in any test runner, so it brings along the little that it needs of an assertion library.

export function assert(condition: boolean, message: string): asserts condition {
  if (!condition) throw new Error(message);
}

/** Compares what JSON can hold, by value. */
export function assertEqual(what: string, actual: unknown, expected: unknown): void {
  assert(isEqual(actual, expected), `${what} must be ${show(expected)}, but is ${show(actual)}`);
}

function isEqual(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true;
  if (!isComposite(one) || !isComposite(other) || Array.isArray(one) !== Array.isArray(other)) return false;
  const keys = Object.keys(one);
  if (keys.length !== Object.keys(other).length) return false;
  return keys.every((key) => Object.hasOwn(other, key) && isEqual(one[key], other[key]));
}

function isComposite(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function show(value: unknown): string {
  return isComposite(value) ? JSON.stringify(value) : String(value);
}
