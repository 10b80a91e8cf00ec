/** How long an open circuit lasts whose timer is held: longer than anything else. */
export const HELD_MS = 86_400_000;

export interface HeldTimers {
  /** Lets the time pass: runs what is held. */
  pass(): void;
  /** Gives back the real `setTimeout`. */
  release(): void;
}

/** mollitia takes off what has passed since it opened. */
const CLOSE_MS = 60_000;

/**
 * Holds timers of about `HELD_MS` back until they are passed by hand, so that nobody has to wait for the end of open. All others are
 * real. A held timer costs less than a real one: in favour of the peers that need one.
 */
export function holdTimers(): HeldTimers {
  const real = globalThis.setTimeout;
  let held: (() => void)[] = [];
  const hold = (run: () => void, ms?: number, ...rest: unknown[]) => {
    if (ms === undefined || ms < HELD_MS - CLOSE_MS) return Reflect.apply(real, globalThis, [run, ms, ...rest]);
    held.push(run);
    return unusedHandle;
  };
  globalThis.setTimeout = Object.assign(hold, { __promisify__: real.__promisify__ }) as typeof setTimeout;
  return {
    pass() {
      const due = held;
      held = [];
      for (const run of due) run();
    },
    release() {
      globalThis.setTimeout = real;
    },
  };
}

const unusedHandle = { ref: () => unusedHandle, unref: () => unusedHandle };
