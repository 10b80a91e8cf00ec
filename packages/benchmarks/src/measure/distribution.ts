/** What was measured again and again: the middle, and the two quartiles between which the middle half lies. */
export interface Distribution {
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

/** @throws RangeError where there is nothing to sum up */
export function distributionOf(samples: readonly number[]): Distribution {
  if (samples.length === 0) throw new RangeError('samples must hold at least one number');
  const sorted = samples.toSorted((a, b) => a - b);
  return { median: quantile(sorted, 0.5), low: quantile(sorted, 0.25), high: quantile(sorted, 0.75) };
}

/** Between two neighbours it is as far from each as the share says. */
function quantile(sorted: readonly number[], share: number): number {
  const place = share * (sorted.length - 1);
  const below = sorted[Math.floor(place)] as number;
  const above = sorted[Math.ceil(place)] as number;
  return below + (above - below) * (place - Math.floor(place));
}
