/** A duration of so many nanoseconds, in a unit that leaves few digits. */
export function duration(nanoseconds: number): string {
  if (nanoseconds < 1_000) return `${nanoseconds.toFixed(0)} ns`;
  if (nanoseconds < 1_000_000) return `${significant(nanoseconds / 1_000)} µs`;
  return `${significant(nanoseconds / 1_000_000)} ms`;
}

export function ratio(value: number): string {
  return `${value < 10 ? value.toFixed(2) : significant(value)} x`;
}

function significant(value: number): string {
  if (value < 10) return value.toFixed(2);
  return value < 100 ? value.toFixed(1) : Math.round(value).toLocaleString('en');
}
