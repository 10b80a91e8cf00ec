/** The time in milliseconds, as all processes of one machine count it; it says nothing of the day. */
export function machineTime(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}
