import type { History } from './history.js';

/** An invariant of the design, by its number there, does not hold. */
export interface Violation {
  readonly invariant: number;
  /** When, by the time of the machine. */
  readonly at: number;
  readonly message: string;
}

/** What cannot be read from a history. */
export interface Expectations {
  /** How long the machine may hold a process or a message up without anybody noticing, in milliseconds. Default: 250 */
  readonly toleranceMs?: number;
}

/** Looks for violations of one invariant. */
export type Check = (history: History, expectations: Required<Expectations>) => Iterable<Violation>;
