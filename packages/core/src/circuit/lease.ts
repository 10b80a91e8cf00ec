/** A trial's place in a half-open circuit: whose it is, and until when. */
export interface Lease {
  readonly id: string;
  readonly expiresAt: number;
}
