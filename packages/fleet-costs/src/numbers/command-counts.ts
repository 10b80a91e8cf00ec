/** How often a server has run each command, by its name. */
export type CommandCounts = Readonly<Record<string, number>>;

/** Reads the section `commandstats` of INFO; what was refused or has failed counts, too. */
export function readCommandCounts(section: string): CommandCounts {
  const lines = section.matchAll(/^cmdstat_([^:]+):calls=(\d+)(?:.*?rejected_calls=(\d+))?/gm);
  return Object.fromEntries(
    [...lines].map(([, name, calls, rejected = 0]) => [name as string, Number(calls) + Number(rejected)]),
  );
}

/** What was run between two looks; commands that were not are left out, and so are the looks. */
export function countsBetween(before: CommandCounts, after: CommandCounts): CommandCounts {
  const grown = Object.entries(after).map(([name, count]) => [name, count - (before[name] ?? 0)] as const);
  return Object.fromEntries(grown.filter(([name, count]) => count !== 0 && name !== 'info'));
}

/** What the commands of processes that make no change are for. */
export interface IdleTraffic {
  /** Reads, each a GET and a TIME: both are counted. */
  readonly polls: number;
  readonly pings: number;
  readonly others: number;
}

export function idleTrafficOf(counts: CommandCounts): IdleTraffic {
  const { get = 0, time = 0, ping = 0, ...rest } = counts;
  // With a WATCH before it, it is no poll but the beginning of a change: that is counted by its other commands.
  return { polls: get + time, pings: ping, others: sum(Object.values(rest)) };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
