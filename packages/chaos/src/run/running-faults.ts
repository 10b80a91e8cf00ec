import type { Fault, FaultKind, Scene } from './fault.js';

interface RunningFault {
  readonly kind: FaultKind;
  readonly number: number;
  readonly fault: Fault;
  readonly endsAt: number;
}

/** What is broken at present. */
export class RunningFaults {
  readonly #scene: Scene;
  readonly #show: (what: string) => void;
  #running: RunningFault[] = [];

  constructor(scene: Scene, show: (what: string) => void) {
    this.#scene = scene;
    this.#show = show;
  }

  get count(): number {
    return this.#running.length;
  }

  /** Breaks something, for so long at least; nothing where something of its kind is broken already. */
  async begin(kind: FaultKind, forMs: number): Promise<void> {
    if (this.#running.some((each) => each.kind.name === kind.name || conflict(each.kind, kind))) return;
    const fault = await kind.aim(this.#scene);
    if (fault === undefined) return;
    const number = this.#scene.fleet.fault(kind.name, fault.target, kind.losesMemory);
    this.#show(`${kind.name} (${fault.target})`);
    this.#running.push({ kind, number, fault, endsAt: performance.now() + forMs });
    await fault.begin();
  }

  /** Mends what has been broken long enough. */
  async endDue(): Promise<void> {
    for (const each of this.#running.filter(({ endsAt }) => endsAt <= performance.now())) await this.#end(each);
  }

  /** Mends everything. */
  async endAll(): Promise<void> {
    for (const each of [...this.#running]) await this.#end(each);
  }

  async #end(ended: RunningFault): Promise<void> {
    this.#running = this.#running.filter((each) => each !== ended);
    await ended.fault.end();
    this.#scene.fleet.faultEnded(ended.number);
  }
}

/** Whether they would be in each other's way: a server that is frozen can be told nothing. */
function conflict(one: FaultKind, other: FaultKind): boolean {
  return one.concernsServer && other.concernsServer;
}
