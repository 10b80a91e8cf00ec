/** The time of this machine, in milliseconds: monotonic, and the same for all its processes. */
export function machineTime(): number {
  return performance.timeOrigin + performance.now();
}
