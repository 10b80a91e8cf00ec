import type { FleetRecord } from '../../src/fleet/record.js';
import type { SharedSettings } from '../../src/settings.js';
import type { Bounds } from './bounds.js';
import type { Part } from './part.js';
import type { Commit, Process } from './process.js';
import type { Protocol } from './protocol.js';
import { type Rarity, type Store, storageTime, type World } from './world.js';

/** A change that was applied to the shared record. */
export interface Application {
  readonly part: Part;
  readonly commit: Commit;
  readonly before: FleetRecord;
  readonly after: FleetRecord;
  /** What the storage's clock said. */
  readonly now: number;
}

/** A world in which something happens: every change makes a new one, and what the invariants need to know is noted. */
export class Scene {
  world: World;
  readonly applied: Application[] = [];

  constructor(
    world: World,
    readonly bounds: Bounds,
    readonly protocol: Protocol,
  ) {
    this.world = world;
  }

  process(who: number): Process {
    return this.world.processes[who] as Process;
  }

  settings(who: number): SharedSettings {
    return this.bounds.settings[who] as SharedSettings;
  }

  change(who: number, facts: Partial<Process>): void {
    const processes = this.world.processes.map((process, index) =>
      index === who ? { ...process, ...facts } : process,
    );
    this.world = { ...this.world, processes };
  }

  store(facts: Partial<Store>): void {
    this.world = { ...this.world, storage: { ...this.world.storage, ...facts } };
  }

  /** Counts what happens only so often. */
  spend(rarity: Rarity): void {
    const { spent } = this.world;
    this.world = { ...this.world, spent: { ...spent, [rarity]: spent[rarity] + 1 } };
  }

  get time(): number {
    return this.world.time;
  }

  get storageTime(): number {
    return storageTime(this.world);
  }
}
