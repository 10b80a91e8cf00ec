import type { CircuitBreakerOptions } from '../src/index.js';

export type Listener = NonNullable<CircuitBreakerOptions['listeners']>[number];
export type BreakerEvent = Parameters<NonNullable<Listener['onEvent']>>[0];
export type EventType = BreakerEvent['type'];
export type EventOf<Type extends EventType> = Extract<BreakerEvent, { type: Type }>;

/** A listener that keeps every event it is told. */
export class RecordingListener {
  readonly events: BreakerEvent[] = [];

  onEvent(event: BreakerEvent): void {
    this.events.push(event);
  }

  get types(): EventType[] {
    return this.events.map((event) => event.type);
  }

  /** One word an event, a change of state as `from>to`: `before-call failure closed>open`. */
  get trace(): string {
    return this.events
      .map((event) => (event.type === 'state-change' ? `${event.from}>${event.to}` : event.type))
      .join(' ');
  }

  of<Type extends EventType>(type: Type): EventOf<Type>[] {
    return this.events.filter((event): event is EventOf<Type> => event.type === type);
  }

  /** The last event of a type; fails where there is none. */
  last<Type extends EventType>(type: Type): EventOf<Type> {
    const event = this.of(type).at(-1);
    if (event === undefined) {
      throw new Error(`no event '${type}' among: ${this.trace}`);
    }
    return event;
  }

  clear(): void {
    this.events.length = 0;
  }
}
