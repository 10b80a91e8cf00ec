import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Contender } from './contender.js';
import { type Distribution, distributionOf } from './distribution.js';

export interface Effort {
  readonly rounds: number;
  /** How long one sample of one contender should take. */
  readonly sampleMs: number;
}

export interface Row {
  readonly name: string;
  readonly nanoseconds: Distribution;
  /** Against the first contender, round by round: what the machine does to one it does to the other. */
  readonly ratio: Distribution;
}

const WARM_UP_SAMPLES = 20;

/** Runs the contenders in turn, round after round. */
export async function interleave(contenders: readonly Contender[], { rounds, sampleMs }: Effort): Promise<Row[]> {
  const entrants = [];
  for (const contender of contenders) {
    await warmUp(contender, WARM_UP_SAMPLES * sampleMs);
    entrants.push({ contender, times: await timesFor(contender, sampleMs), samples: [] as number[] });
  }
  for (let round = 0; round < rounds; round++) {
    for (const { contender, times, samples } of entrants) samples.push((await sample(contender, times)) / times);
  }
  for (const contender of contenders) contender.dispose();
  return rowsOf(entrants.map(({ contender, samples }) => ({ name: contender.name, samples })));
}

/** Sums up, given the nanoseconds of each contender in each round. */
export function rowsOf(measured: readonly { readonly name: string; readonly samples: readonly number[] }[]): Row[] {
  const base = measured[0]?.samples ?? [];
  return measured.map(({ name, samples }) => ({
    name,
    nanoseconds: distributionOf(samples),
    ratio: distributionOf(samples.map((own, round) => own / (base[round] as number))),
  }));
}

/** Lets it work for that long, so that the optimiser has seen what it does. */
async function warmUp(contender: Contender, milliseconds: number): Promise<void> {
  let times = 1;
  for (let spent = 0; spent < milliseconds * 1e6; times = Math.min(2 * times, contender.most ?? 1_000)) {
    spent += await sample(contender, times);
  }
}

/** Finds out how often it can do its work in that time. */
async function timesFor(contender: Contender, sampleMs: number): Promise<number> {
  const { most = Number.POSITIVE_INFINITY } = contender;
  for (let times = 1; ; times *= 2) {
    const asked = Math.min(times, most);
    const tookMs = (await sample(contender, asked)) / 1e6;
    if (asked === most && tookMs < sampleMs) return most;
    if (tookMs >= sampleMs) return Math.max(1, Math.round((asked * sampleMs) / tookMs));
  }
}

/** The nanoseconds that it took. Timers and clean-up that are due, and the garbage of the one before it, are not among them. */
async function sample(contender: Contender, times: number): Promise<number> {
  await contender.prepare?.();
  await nextTurn();
  globalThis.gc?.({ type: 'minor' });
  const startedAt = process.hrtime.bigint();
  await contender.run(times);
  return Number(process.hrtime.bigint() - startedAt);
}
