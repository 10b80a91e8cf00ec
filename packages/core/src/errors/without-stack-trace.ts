/** V8's own setting; other engines have none. */
const limit = Error as { stackTraceLimit?: number };

/** Makes an error without the stack trace that is most of its cost. */
export function withoutStackTrace<E extends Error>(make: () => E): E {
  const { stackTraceLimit } = limit;
  if (typeof stackTraceLimit !== 'number' || !setStackTraceLimit(0)) return make();
  try {
    return make();
  } finally {
    setStackTraceLimit(stackTraceLimit);
  }
}

/** Where the globals are frozen, errors just keep their stack traces. */
function setStackTraceLimit(frames: number): boolean {
  return Reflect.set(limit, 'stackTraceLimit', frames);
}
