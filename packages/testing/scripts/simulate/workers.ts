import { fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { Plan } from './plan.js';

const BATCH = 100;

/** Seeds that a worker is to run. */
export interface Batch {
  readonly plan: Plan;
  readonly from: number;
  readonly seeds: number;
}

/** What came of a batch. */
export interface Answer {
  readonly seeds: number;
  readonly steps: number;
  readonly calls: number;
  readonly transitions: number;
  readonly faults: number;
  readonly failure?: string;
}

/** Runs all seeds, in as many processes as there are processors; gives the first failure. */
export async function runAll(plan: Plan, onAnswer: (answer: Answer) => void): Promise<string | undefined> {
  const batches = batchesOf(plan);
  let failure: string | undefined;
  const work = () =>
    new Promise<void>((resolve, reject) => {
      const worker = fork(fileURLToPath(new URL('worker.ts', import.meta.url)));
      const next = () => {
        const batch = failure === undefined ? batches.next().value : undefined;
        if (batch === undefined) worker.disconnect();
        else worker.send(batch);
      };
      worker.on('message', (answer: Answer) => {
        failure ??= answer.failure;
        onAnswer(answer);
        next();
      });
      worker.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`A worker ended with code ${code}`))));
      next();
    });
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  return failure;
}

function* batchesOf(plan: Plan): Generator<Batch, undefined> {
  for (let done = 0; done < plan.seeds; done += BATCH) {
    yield { plan, from: plan.from + done, seeds: Math.min(BATCH, plan.seeds - done) };
  }
  return undefined;
}
