const PAUSE_MS = 10;

/**
 * Waits until something holds.
 *
 * @param what - what is waited for, as the error names it
 * @param condition - gives what is waited for, or something falsy; what it throws counts as falsy
 * @throws Error when it does not hold within `withinMs`. Default: 10 000
 */
export async function until<T>(what: string, condition: () => T | Promise<T>, withinMs = 10_000): Promise<T> {
  const endsAt = performance.now() + withinMs;
  let cause: unknown;
  do {
    try {
      const found = await condition();
      if (found) return found;
      cause = undefined;
    } catch (error) {
      cause = error;
    }
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  } while (performance.now() < endsAt);
  throw new Error(`Waited ${withinMs} ms in vain: ${what}`, { cause });
}
