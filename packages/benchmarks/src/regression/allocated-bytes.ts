const WARM_UP_RUNS = 30_000;
const RUNS = 1_000;
const SAMPLES = 15;

/**
 * How many bytes of heap a run takes, garbage included: the least of several samples, as the optimiser itself takes some.
 *
 * No garbage may be collected during a sample: the process needs a nursery of many megabytes (`--min-semi-space-size`).
 */
export async function allocatedBytes(run: () => unknown): Promise<number> {
  await repeat(run, WARM_UP_RUNS);
  let least = Number.POSITIVE_INFINITY;
  for (let sample = 0; sample < SAMPLES; sample++) {
    globalThis.gc?.({ type: 'minor' });
    const before = process.memoryUsage().heapUsed;
    await repeat(run, RUNS);
    least = Math.min(least, process.memoryUsage().heapUsed - before);
  }
  return Math.round(least / RUNS);
}

async function repeat(run: () => unknown, times: number): Promise<void> {
  for (let i = 0; i < times; i++) await run();
}
