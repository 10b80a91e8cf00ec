/** Counts from now on how many timers anybody sets. */
export function countTimers(): { readonly set: number } {
  const count = { set: 0 };
  for (const name of ['setTimeout', 'setInterval'] as const) {
    const real: (...args: never[]) => unknown = globalThis[name];
    const counting = (...args: never[]) => {
      count.set++;
      return real(...args);
    };
    Object.assign(globalThis, { [name]: counting });
  }
  return count;
}
