/** The bytes in use, once all garbage is gone. */
export function heapUsed(): number {
  if (globalThis.gc === undefined) throw new Error('the process must run with --expose-gc');
  for (let i = 0; i < 3; i++) globalThis.gc();
  return process.memoryUsage().heapUsed;
}
