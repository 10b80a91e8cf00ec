import { vi } from 'vitest';

/** How many times more than usual properties are tried: `MORE_RUNS=20` for a long look. */
const MORE = Number(process.env.MORE_RUNS ?? 1);

/** How often a property is tried. */
export function runs(usual: number): { readonly numRuns: number } {
  return { numRuns: usual * MORE };
}

/** Gives the tests of a file that play much the time for it, on machines of any speed. */
export function takeTime(): void {
  vi.setConfig({ testTimeout: 60_000 * MORE });
}
