// Taken while they are real: a test runner may put fake ones in their place.
const { MessageChannel, setTimeout } = globalThis;

/** Lets every promise run that has something to tell, and all that they cause. */
export function letPromisesRun(Channel: typeof MessageChannel | undefined = MessageChannel): Promise<void> {
  return new Promise((resolve) => {
    // jsdom has no channels.
    if (Channel === undefined) {
      setTimeout(resolve, 0);
      return;
    }
    const { port1, port2 } = new Channel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}
