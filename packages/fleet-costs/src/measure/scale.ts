/** How much is measured. */
export interface Scale {
  /** Changes over a link that takes its time. */
  readonly linkChanges: number;
  /** How long the calls through closed circuits take: some polls and pings must happen meanwhile. */
  readonly closedMs: number;
  readonly tripProcesses: number;
  readonly trips: number;
  readonly herdProcesses: number;
  readonly herds: number;
  readonly herdOpenMs: number;
  /** The sizes of fleets, in processes. */
  readonly fleets: readonly number[];
  /** How long each situation of a fleet lasts: every process polls once in five seconds. */
  readonly situationMs: number;
}

export const FULL: Scale = {
  linkChanges: 25,
  closedMs: 5_000,
  tripProcesses: 8,
  trips: 200,
  herdProcesses: 50,
  herds: 5,
  herdOpenMs: 2_000,
  fleets: [2, 8, 32],
  situationMs: 5_000,
};

export const QUICK: Scale = {
  linkChanges: 3,
  closedMs: 300,
  tripProcesses: 3,
  trips: 5,
  herdProcesses: 6,
  herds: 1,
  herdOpenMs: 500,
  fleets: [2],
  situationMs: 200,
};
