import type { Effort } from './measure/interleave.js';

/** How much is measured, and how often. */
export interface Thoroughness extends Effort {
  /** Whether each comparison has a process of its own: else it goes by what the optimiser made of those before it. */
  readonly hasProcessesOfItsOwn: boolean;
  /** How many breakers are weighed, and watched while they are idle. */
  readonly breakers: number;
  readonly idleMs: number;
  readonly pendingCalls: number;
  /** How often each package is imported. */
  readonly imports: number;
}

/** Some three minutes. */
export const thorough: Thoroughness = {
  hasProcessesOfItsOwn: true,
  rounds: 31,
  sampleMs: 4,
  breakers: 100_000,
  idleMs: 1_500,
  pendingCalls: 1_000_000,
  imports: 7,
};

/** Half a minute: enough to see whether something has become much worse. */
export const quick: Thoroughness = {
  hasProcessesOfItsOwn: false,
  rounds: 5,
  sampleMs: 2,
  breakers: 10_000,
  idleMs: 300,
  pendingCalls: 100_000,
  imports: 1,
};
