import type { BreakerEvent, BreakerEventType, CircuitListener, CircuitState } from '@breaker/core';

/** The options of a `RecordingListener`. */
export interface RecordingListenerOptions {
  /** Whether a `listener-error` is kept only, and not written to `console.error` as well. Default: false. */
  readonly quiet?: boolean | undefined;
}

/** Keeps every event that it is told. */
export class RecordingListener implements CircuitListener {
  /** All of them, the oldest first. */
  readonly events: BreakerEvent[] = [];
  readonly #isQuiet: boolean;

  constructor({ quiet = false }: RecordingListenerOptions = {}) {
    this.#isQuiet = quiet;
  }

  /** The type of each event. */
  get types(): BreakerEventType[] {
    return this.events.map(({ type }) => type);
  }

  /** What `breaker.state` became, at each of its changes. */
  get states(): CircuitState[] {
    return this.of('state-change').flatMap(({ from, to }) => (from === to ? [] : [to]));
  }

  /** The events of one type. */
  of<Type extends BreakerEventType>(type: Type): Extract<BreakerEvent, { readonly type: Type }>[] {
    const isOfType = (event: BreakerEvent): event is Extract<BreakerEvent, { readonly type: Type }> =>
      event.type === type;
    return this.events.filter(isOfType);
  }

  /** Forgets all events so far. */
  clear(): void {
    this.events.length = 0;
  }

  /** Takes in one event: breakers call it. */
  onEvent(event: BreakerEvent): void {
    this.events.push(event);
    if (event.type !== 'listener-error' || this.#isQuiet) return;
    // The breaker leaves it to its listeners, and a test should not pass over it in silence.
    console.error(`Circuit "${event.circuit}": ${event.source} threw, and was passed over:`, event.error);
  }
}
