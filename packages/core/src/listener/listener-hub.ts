import type { BreakerEvent, BreakerEventType } from './breaker-event.js';
import type { CircuitListener } from './circuit-listener.js';
import { METHODS, notify, type OnListenerFault } from './notify.js';

type Wanted = Record<BreakerEventType, boolean>;

const TYPES = Object.keys(METHODS) as BreakerEventType[];
const NOTHING = Object.fromEntries(TYPES.map((type) => [type, false])) as Wanted;
const CALL_EVENTS = ['before-call', 'success', 'failure', 'ignore'] as const;

/** A breaker's listeners, and the events that wait for them. */
export abstract class ListenerHub {
  #listeners: readonly CircuitListener[] = [];
  #wanted = NOTHING;
  /** Whether somebody listens to the calls themselves. */
  wantsCalls = false;
  /** The event that is told next, apart from those behind it: mostly there are none, and an array would cost more than the event. */
  #next: BreakerEvent | undefined = undefined;
  readonly #later: BreakerEvent[] = [];
  #isTelling = false;

  add(listener: CircuitListener): void {
    this.#replace([...this.#listeners.filter((other) => other !== listener), listener]);
  }

  remove(listener: CircuitListener): void {
    this.#replace(this.#listeners.filter((other) => other !== listener));
  }

  /** Whether somebody listens to that kind: else its events need not be made. */
  wants(type: BreakerEventType): boolean {
    return this.#wanted[type];
  }

  /** Whether events wait to be told. */
  get hasNews(): boolean {
    return this.#next !== undefined;
  }

  enqueue(event: BreakerEvent): void {
    if (this.#next === undefined) this.#next = event;
    else this.#later.push(event);
  }

  /** Tells what waits, in order. What a listener causes meanwhile is told after the event at hand. */
  deliver(): void {
    if (this.#isTelling) return;
    this.#isTelling = true;
    try {
      for (let event = this.#next; event !== undefined; event = this.#next) {
        this.#next = this.#later.shift();
        notify(this.#listeners, event, this.onFault);
      }
    } finally {
      this.#isTelling = false;
    }
  }

  /** Takes what a listener's method threw or rejected with. */
  protected abstract readonly onFault: OnListenerFault;

  #replace(listeners: readonly CircuitListener[]): void {
    this.#listeners = listeners;
    this.#wanted = wantedBy(listeners);
    this.wantsCalls = CALL_EVENTS.some((type) => this.wants(type));
  }
}

function wantedBy(listeners: readonly CircuitListener[]): Wanted {
  const wanted = { ...NOTHING };
  for (const listener of listeners) {
    const isForAll = listener.onEvent !== undefined;
    for (const type of TYPES) wanted[type] ||= isForAll || listener[METHODS[type]] !== undefined;
  }
  return wanted;
}
