/** One number, and what it should be. */
export interface Figure {
  /** What belongs together has the same. */
  readonly topic: string;
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  readonly goal?: Goal;
}

/** `below`: less than that; the others: met at the number, too. */
export type Goal = { readonly exactly: number } | { readonly atMost: number } | { readonly below: number };

export function isMet(value: number, goal: Goal): boolean {
  if ('exactly' in goal) return value === goal.exactly;
  return 'atMost' in goal ? value <= goal.atMost : value < goal.below;
}

export function showGoal(goal: Goal): string {
  if ('exactly' in goal) return String(goal.exactly);
  return 'atMost' in goal ? `at most ${goal.atMost}` : `below ${goal.below}`;
}
