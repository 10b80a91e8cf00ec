import type { Contender } from '../measure/contender.js';

/** One comparison: everybody who can do it, against the first. */
export interface Case {
  /** By which budgets and the chart find it. */
  readonly id: string;
  readonly title: string;
  /** A part of the usual rounds, where a sample takes long to prepare. */
  readonly roundsShare?: number;
  contenders(): Promise<Contender[]>;
}
