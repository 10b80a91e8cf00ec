import { Gathered } from '../../src/fleet/gathered.js';
import type { Tally, TripPolicy } from '../../src/policy/trip-policy.js';
import type { Outcome } from './process.js';

/** What a real policy remembers, and the names of the failures that it remembers. */
export interface TracedMemory {
  readonly memory: unknown;
  readonly of: readonly string[];
}

interface TracedTally extends Tally {
  readonly of: readonly string[];
}

/** A real policy whose memory also tells of whose failures it is made; so a record shows it wherever it goes. */
export class TracedPolicy implements TripPolicy<TracedMemory> {
  readonly mergeable = true;

  constructor(readonly real: TripPolicy) {}

  get key(): string {
    return this.real.key;
  }

  get windowMs(): number | undefined {
    return this.real.windowMs;
  }

  initial(): TracedMemory {
    return { memory: this.real.initial(), of: [] };
  }

  record({ memory, of }: TracedMemory, tally: Tally, now: number): TracedMemory {
    const more = (tally as TracedTally).of;
    const isCancelled = this.windowMs === undefined && tally.successes > 0;
    return { memory: this.real.record(memory, tally, now), of: isCancelled ? more : [...of, ...more] };
  }

  trips({ memory }: TracedMemory, now: number): boolean {
    return this.real.trips(memory, now);
  }

  failures({ memory }: TracedMemory, now: number): number {
    return this.real.failures?.(memory, now) ?? 0;
  }
}

/** What a process tells of outcomes, with their names. */
export function tracedTallies(outcomes: readonly Outcome[], now: number, policy: TripPolicy): readonly Tally[] {
  const hasWindow = policy.windowMs !== undefined;
  const gathered = new Gathered(policy);
  for (const { verdict, at } of outcomes) gathered.add(verdict, false, hasWindow ? at : 0);
  const of = (hasWindow ? outcomes : streakOf(outcomes)).filter(isFailure).map(({ name }) => name);
  return gathered.tallies(hasWindow ? now : 0).map((tally, index) => ({ ...tally, of: index === 0 ? of : [] }));
}

/** The failures since the last success. */
export function streakOf(outcomes: readonly Outcome[]): readonly Outcome[] {
  return outcomes.slice(outcomes.findLastIndex(({ verdict }) => verdict === 'success') + 1);
}

export function isFailure({ verdict }: Outcome): boolean {
  return verdict === 'failure';
}
