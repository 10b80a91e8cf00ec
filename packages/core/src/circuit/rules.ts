import type { TripPolicy } from '../policy/trip-policy.js';

/** The settings that the rules go by. */
export interface Rules {
  readonly policy: TripPolicy;
  readonly maxTrials: number;
  readonly successThreshold: number;
  /**
   * How long the circuit stays open after that many trips in a row, in milliseconds. Must not throw; whoever applies a rule
   * twice must see to it that chance gives the same again.
   */
  openForMs(trips: number): number;
}
