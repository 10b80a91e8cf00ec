/** V8's own setting; other engines have none. */
const v8 = Error as { stackTraceLimit?: number };

/** Makes an error without the stack trace that is most of its cost. */
export function withoutStackTrace<E extends Error>(make: () => E): E {
  const frames = v8.stackTraceLimit;
  if (frames === undefined || !limitStackTrace(0)) return make();
  try {
    return make();
  } finally {
    limitStackTrace(frames);
  }
}

/** Says whether it could: where the globals are frozen, errors keep their stack traces. */
function limitStackTrace(frames: number): boolean {
  try {
    v8.stackTraceLimit = frames;
    return true;
  } catch {
    return false;
  }
}
