import { Audience } from './audience.js';
import type { CallContext } from './call/call-context.js';
import { Counts } from './call/counts.js';
import type { Circuit } from './circuit/circuit.js';
import type { Ruling } from './circuit/event.js';
import type { CircuitBreaker } from './circuit-breaker.js';
import { Fleet } from './fleet/fleet.js';
import type { PlainPath } from './guard/plain-path.js';
import { Announcer, logFault } from './listener/announcer.js';
import type { Scope, StateChangeReason } from './listener/breaker-event.js';
import type { CircuitListener } from './listener/circuit-listener.js';
import { Membership } from './membership.js';
import type { FaultReporter } from './open-for.js';
import { OwnCircuit } from './own-circuit.js';
import type { Settings } from './settings.js';

/**
 * Where the circuit, the clock, the counts and the listeners of a breaker meet.
 *
 * Where the circuit is shared, a call must pass both: the fleet's decides while it is not closed, and then the process's own rests;
 * else the own one does.
 */
export class Shell implements FaultReporter {
  readonly counts = new Counts();
  readonly own: OwnCircuit;
  readonly fleet: Fleet | undefined;
  /** The context of the guarded function that is running at this moment, before its first `await`. */
  running: CallContext | undefined = undefined;
  /** How calls pass plainly in this epoch, once one has. */
  plainPath: PlainPath | undefined = undefined;
  #audience: Audience | undefined = undefined;

  constructor(
    readonly breaker: CircuitBreaker,
    settings: Settings,
  ) {
    this.own = new OwnCircuit(settings, this);
    for (const listener of settings.listeners) this.#listen(listener);
    this.#askAnew(() => 0);
    this.fleet = settings.isShared() ? new Fleet(new Membership(this)) : undefined;
  }

  get name(): string {
    return this.breaker.name;
  }

  get settings(): Settings {
    return this.own.settings;
  }

  get announcer(): Announcer | undefined {
    return this.#audience?.announcer;
  }

  now(): number {
    return this.settings.clock.now();
  }

  /** Whether somebody asks how long calls take. */
  get timesCalls(): boolean {
    return this.#audience?.timedSince !== undefined;
  }

  /** The time, where somebody asks how long calls take: a reading of the clock costs as much as a call. */
  callTime(): number | undefined {
    return this.timesCalls ? this.now() : undefined;
  }

  /** How long a call took; for one that began before anybody asked for times, how long ago somebody did; 0 where nobody does. */
  durationMs(startedAt: number | undefined, endedAt: number | undefined): number {
    const since = startedAt ?? this.#audience?.timedSince;
    return endedAt === undefined || since === undefined ? 0 : Math.max(0, endedAt - since);
  }

  /** The circuit that the breaker shows: the one that decides. */
  get shown(): Circuit {
    return this.fleet?.circuit ?? this.own.current;
  }

  /** Whose circuit that is. */
  get scope(): Scope {
    return this.fleet?.circuit === undefined || this.fleet.isAlone ? 'process' : 'fleet';
  }

  async rule(ruling: Ruling): Promise<void> {
    if (this.fleet !== undefined && !this.fleet.isOver) return this.fleet.rule(ruling);
    const before = this.shown;
    if (this.own.apply(ruling, this.now()) !== before) this.announceChange(before, 'manual');
    this.deliver();
  }

  configure(settings: Settings): void {
    this.own.configure(settings);
    this.#askAnew();
    this.deliver();
    this.fleet?.reconfigure();
  }

  addListener(listener: CircuitListener): void {
    this.#listen(listener);
    this.#askAnew();
  }

  removeListener(listener: CircuitListener): void {
    this.announcer?.remove(listener);
    this.#askAnew();
  }

  report(error: unknown, source: string): void {
    try {
      if (this.announcer !== undefined) {
        this.announcer.fault(error, source, this.own.current.epoch);
        return;
      }
    } catch {
      // Where the clock throws as well, an event cannot be made.
    }
    logFault(this.name, error, source);
  }

  /** Where this process changed its own circuit: tells of what the breaker shows now. */
  announceChange(before: Circuit, reason: StateChangeReason): void {
    const after = this.shown;
    if (after.epoch !== before.epoch) this.plainPath = undefined;
    if (after.state === before.state) return;
    this.announcer?.stateChange(before, after, { epoch: after.epoch, scope: 'process', origin: 'local', reason });
  }

  /** Tells the listeners what waits for them. A call that a listener makes is one of its own, and joins no other. */
  deliver(): void {
    if (!this.announcer?.hasNews) return;
    const { running } = this;
    this.running = undefined;
    try {
      this.announcer.deliver();
    } finally {
      this.running = running;
    }
  }

  #listen(listener: CircuitListener): void {
    this.#audience ??= new Audience();
    this.#audience.announcer ??= new Announcer(this.breaker, () => this.now());
    this.#audience.announcer.add(listener);
  }

  /** What is asked of calls may have changed. */
  #askAnew(now = () => this.now()): void {
    const { timesCalls } = this.settings;
    this.plainPath = undefined;
    if (timesCalls) this.#audience ??= new Audience();
    this.#audience?.askAnew(timesCalls, now);
  }
}
