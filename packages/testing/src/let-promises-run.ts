interface Globals {
  readonly setTimeout: (run: () => void, ms: number) => unknown;
  /** Node, Bun and Deno have it: the cheapest. */
  readonly setImmediate?: ((run: () => void) => unknown) | undefined;
  /** jsdom has none. */
  readonly MessageChannel?: typeof MessageChannel | undefined;
}

/** Taken while they are real: a test runner may put fake ones in their place. */
export const real: Globals = {
  setTimeout: globalThis.setTimeout,
  setImmediate: (globalThis as Globals).setImmediate,
  MessageChannel: globalThis.MessageChannel,
};

/** Lets every promise run that has something to tell, and all that they cause. */
export function letPromisesRun(globals = real): Promise<void> {
  const { setTimeout, setImmediate, MessageChannel } = globals;
  return new Promise((resolve) => {
    if (setImmediate !== undefined) setImmediate(resolve);
    else if (MessageChannel !== undefined) passThrough(new MessageChannel(), resolve);
    else setTimeout(resolve, 0);
  });
}

function passThrough({ port1, port2 }: MessageChannel, resolve: () => void): void {
  port1.onmessage = () => {
    port1.close();
    resolve();
  };
  port2.postMessage(undefined);
}
