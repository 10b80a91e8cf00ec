import type { FailureRateOptions, ShareOutcomesOptions, ShareTripsOptions } from '@breaker/core';
import type { Address } from '../server/address.js';

/** What a process of a fleet is: plain data. */
export interface MemberPlan {
  readonly address: Address;
  readonly namespace: string;
  readonly circuit: string;
  readonly sharing: SharingPlan;
  readonly options?: { readonly failureThreshold?: number; readonly resetTimeoutMs?: number };
  /** In place of failures in a row. */
  readonly rate?: FailureRateOptions | undefined;
}

export type SharingPlan =
  | { readonly kind: 'outcomes'; readonly options?: ShareOutcomesOptions }
  | { readonly kind: 'trips'; readonly options?: ShareTripsOptions };
