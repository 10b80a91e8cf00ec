import type { Run } from '../../src/run.js';

/** One way to use the packages. */
export interface Trial {
  readonly name: string;
  run(project: string): Promise<Run>;
  /** What it prints where all is well. */
  readonly output: string;
}
