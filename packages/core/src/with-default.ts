/** What was given, checked; the default where nothing was. */
export function withDefault<T, D>(
  name: string,
  given: T | undefined,
  fallback: D,
  check: (name: string, value: unknown) => void,
): T | D {
  if (given === undefined) return fallback;
  check(name, given);
  return given;
}
