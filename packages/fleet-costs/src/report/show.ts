/** A number as people read it: three digits tell more than a noisy machine knows. */
export function show(value: number): string {
  return Number.isInteger(value) || Math.abs(value) >= 100 ? String(Math.round(value)) : value.toPrecision(3);
}
