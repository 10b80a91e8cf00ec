/** Does its work that many times, one after the other. */
export type Contender = (times: number) => Promise<void>;

export interface Measured {
  readonly nanoseconds: number;
  /** Against the first contender, round by round: what the machine does to one it does to the other. */
  readonly ratio: number;
}

/** Runs the contenders in turn, round after round, and gives the median of each. */
export async function interleave(
  contenders: Readonly<Record<string, Contender>>,
  { rounds, times }: { readonly rounds: number; readonly times: number },
): Promise<Map<string, Measured>> {
  const names = Object.keys(contenders);
  const samples = new Map(names.map((name) => [name, [] as number[]]));
  for (let round = -WARM_UP_ROUNDS; round < rounds; round++) {
    for (const name of names) {
      const startedAt = process.hrtime.bigint();
      await contenders[name]?.(times);
      const nanoseconds = Number(process.hrtime.bigint() - startedAt) / times;
      if (round >= 0) samples.get(name)?.push(nanoseconds);
    }
  }
  const bare = samples.get(names[0] as string) as number[];
  return new Map(
    [...samples].map(([name, own]) => [
      name,
      { nanoseconds: median(own), ratio: median(own.map((sample, round) => sample / (bare[round] as number))) },
    ]),
  );
}

const WARM_UP_ROUNDS = 5;

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] as number;
}
