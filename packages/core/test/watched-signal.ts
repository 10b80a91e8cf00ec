/** Counts what is attached to `signal`, and says how much of it is left. */
export function watchSignal(signal: AbortSignal): { readonly attached: number; readonly added: number } {
  const attached = new Map<unknown, boolean>();
  let added = 0;
  const add = signal.addEventListener.bind(signal);
  const remove = signal.removeEventListener.bind(signal);
  signal.addEventListener = (
    type: string,
    listener: EventListenerOrEventListenerObject | null,
    options?: boolean | AddEventListenerOptions,
  ): void => {
    added += 1;
    attached.set(listener, typeof options === 'object' && options.once === true);
    if (listener !== null) {
      add(type, listener, options);
    }
  };
  signal.removeEventListener = (
    type: string,
    listener: EventListenerOrEventListenerObject | null,
    options?: boolean | EventListenerOptions,
  ): void => {
    attached.delete(listener);
    if (listener !== null) {
      remove(type, listener, options);
    }
  };
  return {
    get added() {
      return added;
    },
    get attached() {
      const kept = [...attached.values()].filter((once) => !(once && signal.aborted)).length;
      return kept + (signal.onabort === null ? 0 : 1);
    },
  };
}
