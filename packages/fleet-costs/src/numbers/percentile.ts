/**
 * The smallest of the values that so large a share of them does not exceed.
 *
 * @param share - above 0, up to 1
 * @throws RangeError where there is no value
 */
export function percentile(values: readonly number[], share: number): number {
  if (values.length === 0) throw new RangeError('values must not be empty');
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] as number;
}

export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}
