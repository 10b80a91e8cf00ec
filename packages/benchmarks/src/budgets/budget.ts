import type { Report } from '../report/report.js';

/** What we promise ourselves of one number. */
export interface Budget {
  readonly what: string;
  /** At most. */
  readonly limit: number;
  readonly unit: string;
  measured(report: Report): number;
}

/** A budget and what came of it. */
export interface Verdict extends Omit<Budget, 'measured'> {
  readonly measured: number;
  readonly isMet: boolean;
}

/** Judges as it is printed: to the digits that are shown. */
export function judge(report: Report, budgets: readonly Budget[]): Verdict[] {
  return budgets.map(({ what, limit, unit, measured }) => {
    const value = Math.round(measured(report) * 100) / 100;
    return { what, limit, unit, measured: value, isMet: value <= limit };
  });
}
