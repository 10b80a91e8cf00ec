interface Globals {
  readonly setTimeout: typeof setTimeout;
  /** jsdom has none. */
  readonly MessageChannel?: typeof MessageChannel;
}

/** Taken while they are real: a test runner may put fake ones in their place. */
export const real: Globals = { setTimeout: globalThis.setTimeout, MessageChannel: globalThis.MessageChannel };

/** Lets every promise run that has something to tell, and all that they cause. */
export function letPromisesRun({ setTimeout, MessageChannel } = real): Promise<void> {
  return new Promise((resolve) => {
    if (MessageChannel === undefined) {
      setTimeout(resolve, 0);
      return;
    }
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}
