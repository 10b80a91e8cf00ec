const SAMPLE_MS = 50;
/** Less than this is what any machine has to do besides. */
const NOTICEABLE = 1.25;
/** Others who want the processor now may want more of it in a moment. */
const MARGIN = 3;

/**
 * How many times longer than on a machine of its own this process must be given for its work: 1 on a quiet machine, so that there
 * the times that a test is about are the real ones.
 */
export function paceOfMachine(): number {
  const startedAt = performance.now();
  const before = process.cpuUsage();
  let workedMs = 0;
  do {
    const { user, system } = process.cpuUsage(before);
    workedMs = (user + system) / 1_000;
  } while (workedMs < SAMPLE_MS);
  const slowness = (performance.now() - startedAt) / workedMs;
  return slowness < NOTICEABLE ? 1 : slowness * MARGIN;
}
