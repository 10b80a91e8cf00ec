import { type ServerForTests, until } from '@breaker/redis-server-for-tests';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  checkHistory,
  Fleet,
  type FleetSettings,
  type Member,
  type MemberNetwork,
  type Servers,
  type ServersKind,
  startServers,
} from '../../src/index.js';

/** A fail-over, or the longest pause between two tries of a process that has lost its storage, must have their time. */
export const LONG_MS = 30_000;

/** What tests look at of the record that is stored. */
interface StoredCircuit {
  readonly state: string;
  readonly epoch: number;
  readonly revision: number;
  readonly hearingEndsAt?: number;
  readonly leases?: readonly unknown[];
}

/** Processes for all tests of a file, on servers of their own. */
export class SharedFleet {
  fleet!: Fleet;
  servers!: Servers;

  get members(): readonly Member[] {
    return this.fleet.members;
  }

  /** Where the record lies now. */
  server(): Promise<ServerForTests> {
    return this.fleet.master();
  }

  async stored(): Promise<StoredCircuit> {
    return (await this.fleet.stored()) as StoredCircuit;
  }

  meet(...args: Parameters<Fleet['meet']>): void {
    this.fleet.meet(...args);
  }

  /** Waits until nobody lets calls through, as the fleet's circuit says. */
  async untilOpenForAll(members: readonly Member[] = this.members): Promise<void> {
    await this.until('the fleet is open', ({ state, scope }) => state !== 'closed' && scope === 'fleet', members);
  }

  async untilAll(state: string, members: readonly Member[] = this.members): Promise<void> {
    await this.until(`all are ${state}`, (member) => member.state === state, members);
  }

  /** Another process has the only lease of the half-open circuit, and its trial does not end; all others make calls. */
  async addHolderOfTheLease(): Promise<Member> {
    const others = [...this.members];
    const holder = await this.fleet.add();
    this.meet('down');
    await this.untilOpenForAll();
    this.meet('unused', others);
    holder.meet('hanging');
    await others[0]?.rule('halfOpen');
    await until('it holds the lease', async () => {
      const { state, leases = [] } = await this.stored();
      return state === 'half-open' && holder.state === 'half-open' && leases.length === 1;
    });
    this.meet('up', others);
    return holder;
  }

  /** Waits until every process has lost the storage since. */
  async untilAllHaveLostTheStorage(since: readonly number[]): Promise<void> {
    await this.until('all go on alone', (member) => member.degradations > (since[this.members.indexOf(member)] ?? 0));
  }

  async untilAllHaveTheStorage(): Promise<void> {
    await this.until('all have their storage', ({ isDegraded }) => !isDegraded);
  }

  onEachNetwork(run: (network: MemberNetwork) => void): void {
    for (const { network } of this.members) run(network);
  }

  /** How often each process has lost the storage so far. */
  get degradations(): readonly number[] {
    return this.members.map(({ degradations }) => degradations);
  }

  async until(what: string, holds: (member: Member) => boolean, members = this.members): Promise<void> {
    await this.fleet.until(what, (member) => !members.includes(member) || holds(member), LONG_MS);
  }

  /** Breaks something, for as long as something else takes, and notes both in the history. */
  async during(
    kind: string,
    losesMemory: boolean,
    breakIt: () => unknown,
    run: () => Promise<unknown>,
    mend: () => unknown,
  ) {
    const fault = this.fleet.fault(kind, 'all', losesMemory);
    await breakIt();
    try {
      await run();
    } finally {
      await mend();
      this.fleet.faultEnded(fault);
    }
  }
}

/** Starts the processes before the first test of a file. A test of its own, the last one, says that their history is in order. */
export function shareFleet(settings: Omit<FleetSettings, 'servers'>, kind: ServersKind = 'single'): SharedFleet {
  const shared = new SharedFleet();

  beforeAll(async () => {
    shared.servers = await startServers(kind);
    shared.fleet = await Fleet.start({ ...settings, servers: shared.servers });
  }, LONG_MS);

  afterAll(async () => {
    await shared.fleet?.stop();
    await shared.servers?.stop();
    await shared.fleet?.forget();
  });
  return shared;
}

/** The last test of a file: nothing of all that has happened to the fleet broke a promise. */
export function itHasKeptItsPromises(shared: SharedFleet): void {
  it('and their history holds no violation', async () => {
    const { fleet } = shared;
    fleet.meet('up');
    await shared.untilAll('closed');
    await shared.untilAllHaveTheStorage();
    await fleet.end();
    expect(checkHistory(fleet.history())).toEqual([]);
  });
}
