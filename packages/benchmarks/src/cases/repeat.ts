import type { Call } from '../peers/peer.js';

type Repeat = (times: number) => Promise<void>;

/** Makes a call that succeeds, again and again. */
export function repeat(call: () => Promise<unknown>): Repeat {
  return async (times) => {
    for (let i = 0; i < times; i++) await call();
  };
}

/** Makes a call that fails, again and again; one that does not fail is a fault of the benchmark. */
export function repeatFailing(call: Call): Repeat {
  return async (times) => {
    let failed = 0;
    for (let i = 0; i < times; i++) {
      try {
        await call();
      } catch {
        failed++;
      }
    }
    if (failed !== times) throw new Error(`${times - failed} calls did not fail`);
  };
}
