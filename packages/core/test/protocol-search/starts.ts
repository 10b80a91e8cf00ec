import { closedCircuit } from '../../src/circuit/closed.js';
import { type FleetRecord, SCHEMA } from '../../src/fleet/record.js';
import { shareOutcomes } from '../../src/fleet/sharing.js';
import type { CircuitBreakerOptions } from '../../src/options.js';
import { consecutiveFailures } from '../../src/policy/consecutive-failures.js';
import type { TripPolicy } from '../../src/policy/trip-policy.js';
import { Settings, type SharedSettings } from '../../src/settings.js';
import { MemoryStorage } from '../../src/storage/memory-storage.js';
import { deepFreeze } from '../deep-freeze.js';
import { NOTHING_IN_HAND, type Process } from './process.js';
import { TracedPolicy } from './traced-policy.js';
import { NEVER, TICK, type World } from './world.js';

const UNUSED = new MemoryStorage();

/** The options of a process: unlike the defaults, all durations are a few ticks. */
export function settingsWith(options: CircuitBreakerOptions = {}): SharedSettings {
  return Settings.of({
    trip: traced(consecutiveFailures(2) as TripPolicy),
    resetTimeoutMs: TICK,
    trialTimeoutMs: 2 * TICK,
    sharing: shareOutcomes({ hearingMs: TICK }),
    storage: UNUSED,
    random: () => 0,
    ...options,
  }) as SharedSettings;
}

export function traced(policy: TripPolicy): TripPolicy {
  return new TracedPolicy(policy) as TripPolicy;
}

const WRITTEN = { schema: SCHEMA, era: 'first', revision: 3, changedAt: 0, keepUntilAt: 70_000 };

/** The epoch in which every search begins that does not begin with nothing stored. */
export const FIRST_EPOCH = 2;

export function closedRecord({ policy }: SharedSettings): FleetRecord {
  return { ...closedCircuit(FIRST_EPOCH, policy), ...WRITTEN };
}

export function openRecord(openUntilAt: number): FleetRecord {
  return { state: 'open', epoch: FIRST_EPOCH, trips: 1, openUntilAt, ...WRITTEN };
}

/** Processes that all know what is stored. */
export function worldWith(record: FleetRecord | undefined, processes: number, facts: Partial<Process> = {}): World {
  return deepFreeze({
    time: 0,
    storage: { record, older: undefined, aheadMs: 0, losses: 0 },
    processes: ['A', 'B', 'C'].slice(0, processes).map((name) => ({ ...idle(name, record), ...facts })),
    late: [],
    pushes: [],
    spent: NEVER,
  });
}

function idle(name: string, record: FleetRecord | undefined): Process {
  return {
    name,
    isAlive: true,
    view: { record, circuit: record, isKnown: true, highestEpoch: record?.epoch ?? 0, aheadMs: 0 },
    ...NOTHING_IN_HAND,
    commits: 0,
    outcomes: 0,
  };
}
