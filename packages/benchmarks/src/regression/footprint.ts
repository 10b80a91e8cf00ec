/** What one run of a hot path takes. None of it depends on how fast or how busy the machine is. */
export interface PathFootprint {
  readonly promises: number;
  readonly clockReads: number;
  readonly timers: number;
  readonly bytes: number;
}

export interface Footprint {
  readonly paths: Readonly<Record<string, PathFootprint>>;
  /** Bytes that stay: of a breaker, and of a pending call. */
  readonly kept: Readonly<Record<string, number>>;
}
