import type { CircuitStorage } from '@breaker/core';

/** What one test of the suite works with. */
export interface Setting {
  readonly storage: CircuitStorage;
  /** Another storage on the same data; the same one where there is no other. */
  readonly another: CircuitStorage;
  /** What the storage's clock says from outside, where somebody can tell. */
  readonly now: () => Promise<number | undefined>;
  /** A name that nobody has used. */
  readonly name: string;
}

/** Tests by what they prove. */
export type StorageTests = Readonly<Record<string, (setting: Setting) => Promise<void>>>;
