import {
  type BreakerEvent,
  type ChangeableOptions,
  CircuitBreaker,
  type CircuitBreakerOptions,
  type CircuitState,
  type CircuitStorage,
  type ResolvedOptions,
} from '@breaker/core';
import { seededRandom } from '../seeded-random.js';
import { Gate } from './gate.js';
import { makeCall } from './make-call.js';
import { ProcessClock } from './process-clock.js';
import { SimulatedCall } from './simulated-call.js';
import type { CallsStep, Ruling } from './simulation-step.js';
import { type LinkTraffic, StorageLink } from './storage-link.js';
import type { World } from './world.js';

export const CIRCUIT = 'simulated';

const STATE_RULED: Readonly<Record<Ruling, CircuitState>> = {
  open: 'open',
  halfOpen: 'half-open',
  close: 'closed',
  isolate: 'isolated',
  disable: 'disabled',
};

/** A process with one breaker. One that is started anew is another process, in the same place. */
export class SimulatedProcess {
  readonly gate = new Gate();
  readonly clock: ProcessClock;
  readonly link: StorageLink;
  readonly breaker: CircuitBreaker;
  readonly calls: SimulatedCall[] = [];
  /** The options that it has had, one after another. */
  readonly settings: ResolvedOptions[] = [];
  /** Promises of the breaker's, other than calls, that have not settled. */
  readonly waitingFor = new Set<{ readonly what: string }>();
  /** The first answer of the storage is in, or was waited for long enough. */
  isWarm = false;
  isDegraded = false;
  isDisposed = false;
  /** When it crashed or was disposed of, by the clock of the simulation. */
  endedAt = Number.POSITIVE_INFINITY;
  /** What the breaker told last of its state. */
  state: CircuitState = 'closed';
  /** Whether somebody has looked at its circuit in this step, so that looking once more makes no difference. */
  wasUsed = false;
  /** How often it stood still. */
  pauses = 0;
  readonly #world: World;
  readonly #rulings: { readonly state: CircuitState }[] = [];

  constructor(
    world: World,
    /** Where it runs; processes that follow each other there have the same number. */
    readonly index: number,
    seed: number,
    options: CircuitBreakerOptions,
    wrap: (storage: CircuitStorage) => CircuitStorage,
    traffic: (process: SimulatedProcess) => LinkTraffic,
  ) {
    this.#world = world;
    const random = seededRandom(seed);
    const origin = Math.floor(random() * 1e9);
    this.clock = new ProcessClock(world.clock, this.gate, origin);
    this.link = new StorageLink(world.clock, world.server, this.gate, seededRandom(seed + 1), traffic(this));
    this.breaker = new CircuitBreaker(CIRCUIT, {
      ...options,
      storage: wrap(this.link),
      clock: this.clock,
      random,
      listeners: [{ onEvent: (event) => this.#hear(event) }],
    });
    this.settings.push(this.breaker.options);
    this.#await(
      'ready',
      this.breaker.ready().then(() => this.#warmUp()),
    );
  }

  get name(): string {
    return `process ${this.index}`;
  }

  /** Whether it runs: it neither stands still nor has ended. */
  get isRunning(): boolean {
    return this.gate.isOpen && !this.isDisposed;
  }

  /** Whether somebody ruled so in this process, and it may still be committed. */
  mayRule(state: CircuitState): boolean {
    return this.#rulings.some((ruling) => ruling.state === state);
  }

  get hasRulings(): boolean {
    return this.#rulings.length > 0;
  }

  call(way: CallsStep['way'], lastsMs: number): void {
    this.wasUsed = true;
    const call = new SimulatedCall(this, this.#world.now, this.#mustDecideAtOnce());
    this.calls.push(call);
    makeCall(this.#world, call, way, lastsMs);
  }

  rule(ruling: Ruling): void {
    this.wasUsed = true;
    const token = { state: STATE_RULED[ruling] };
    this.#rulings.push(token);
    const settle = () => {
      // While degraded, a ruling counts for this process at once, and is committed later.
      if (!this.isDegraded) this.#rulings.splice(this.#rulings.indexOf(token), 1);
    };
    this.#await(
      ruling,
      this.breaker[ruling]().then(settle, () => {}),
    );
  }

  configure(changes: ChangeableOptions): void {
    this.breaker.configure(changes);
    this.settings.push(this.breaker.options);
  }

  flush(): void {
    this.#await('flush', this.breaker.flush());
  }

  dispose(): void {
    this.endedAt = this.#world.now;
    this.isDisposed = true;
    this.#await('dispose', this.breaker.dispose());
  }

  /** It ends at once. What it has sent may still take effect. */
  crash(): void {
    this.endedAt = Math.min(this.endedAt, this.#world.now);
    this.gate.kill();
    this.link.drop();
  }

  /** It stands still. */
  suspend(): void {
    this.pauses++;
    this.gate.hold();
  }

  /** Its network and its clock are in order, and it goes on. */
  async recover(): Promise<void> {
    this.clock.drift(1);
    this.link.heal();
    await this.gate.release();
  }

  #await(what: string, promise: Promise<unknown>): void {
    const waiting = { what };
    this.waitingFor.add(waiting);
    void promise.then(() => this.waitingFor.delete(waiting));
  }

  #warmUp(): void {
    this.isWarm = true;
  }

  #mustDecideAtOnce(): boolean {
    const { state, retryAfterMs } = this.breaker.snapshot();
    if (!this.isWarm) return false;
    return state === 'half-open' ? false : state !== 'open' || (retryAfterMs as number) > 0;
  }

  #hear(event: BreakerEvent): void {
    if (this.gate.isDead) return;
    if (event.type === 'storage-degraded') this.isDegraded = true;
    if (event.type === 'storage-recovered') this.isDegraded = false;
    this.#world.told(this, event);
    if (event.type === 'state-change') this.state = event.to;
  }
}
