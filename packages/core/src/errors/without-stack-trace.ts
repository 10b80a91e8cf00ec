/** V8's own setting; other engines have none. */
const v8 = Error as { stackTraceLimit?: number };

/** Makes an error without the stack trace that is most of its cost. */
export function withoutStackTrace<E extends Error>(make: () => E): E {
  const frames = v8.stackTraceLimit;
  if (frames === undefined) return make();
  limitStackTrace(0);
  try {
    return make();
  } finally {
    limitStackTrace(frames);
  }
}

function limitStackTrace(frames: number): void {
  try {
    v8.stackTraceLimit = frames;
  } catch {
    // Where the globals are frozen, errors keep their stack traces.
  }
}
