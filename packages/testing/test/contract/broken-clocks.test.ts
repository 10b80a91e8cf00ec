import type { CircuitRecord } from '@breaker/core';
import { FakeClock } from '../../src/index.js';
import { type Break, changing, finds, now, type Sound, soundStorage, TEST } from './broken-storage.js';

const telling =
  (tell: (now: number) => number): Break =>
  (sound) => ({
    read: async (name) => {
      const { record, now } = await sound.read(name);
      return { record, now: tell(now) };
    },
    update: async (name, change) => {
      const { record, now } = await sound.update(name, (record, now) => change(record, tell(now)));
      return { record, now: tell(now) };
    },
  });

/** Stands still from the first look on: on a busy machine nobody knows when that is. */
class StandingClock extends FakeClock {
  #standsAt: number | undefined;

  override now(): number {
    this.#standsAt ??= now();
    return this.#standsAt;
  }
}

const aSecondAgo = now() - 1_000;

finds(
  'tells no time',
  telling(() => undefined as never),
  [TEST.declined, TEST.time, TEST.timeGoesOn],
);
finds(
  'tells the time in seconds',
  telling((now) => now / 1_000),
  [TEST.declined, TEST.time, TEST.timeGoesOn, TEST.kept],
);
finds(
  'tells the time of another clock',
  telling((now) => now + 60_000),
  [TEST.time, TEST.timeGoesOn],
);
finds('has a clock that stands still', () => soundStorage(new StandingClock()), [TEST.timeGoesOn]);
finds(
  'has a clock that goes back',
  telling((now) => now - 2 * (now - aSecondAgo)),
  [TEST.time, TEST.timeGoesOn, TEST.kept],
);
finds(
  'tells change another time',
  (sound) => ({ update: (name, change) => sound.update(name, (record) => change(record, 0)) }),
  [TEST.time, TEST.timeGoesOn],
);

/** So long waits no test. */
const LONG_MS = 1_000;

/**
 * Forgets a record some time after it was written. A timer sees to that, and no clock: what is asked without a pause cannot come too
 * late, however busy the machine is.
 */
const forgettingAfter =
  (lifeMs: (record: CircuitRecord, now: number) => number): Break =>
  (sound) => {
    const gone = new Set<string>();
    const timers = new Map<string, ReturnType<typeof setTimeout>>();
    const look: Sound['read'] = async (name) => {
      const { record, now } = await sound.read(name);
      return { record: gone.has(name) ? undefined : record, now };
    };
    const keep = (name: string, ms: number) => {
      clearTimeout(timers.get(name));
      gone.delete(name);
      const forget = () => gone.add(name);
      if (ms <= 0) forget();
      else if (ms < LONG_MS) timers.set(name, setTimeout(forget, ms));
    };
    return {
      read: look,
      update: async (name, change) => {
        await sound.update(name, (record, now) => {
          const changed = change(gone.has(name) ? undefined : record, now);
          if (changed !== undefined) keep(name, lifeMs(changed, now));
          return changed;
        });
        return look(name);
      },
    };
  };

finds(
  'forgets what has a keepUntilAt',
  forgettingAfter(({ keepUntilAt }) => (keepUntilAt === undefined ? Infinity : 0)),
  [TEST.declined, TEST.kept],
);
finds(
  'forgets a second too early',
  forgettingAfter(({ keepUntilAt = Infinity }, now) => keepUntilAt - now - 1_000),
  [TEST.kept],
);
finds(
  'takes keepUntilAt for seconds',
  forgettingAfter(({ keepUntilAt = Infinity }, now) => keepUntilAt / 1_000 - now),
  [TEST.declined, TEST.kept],
);
finds(
  'counts the time to keepUntilAt in 32 bits',
  forgettingAfter(({ keepUntilAt = Infinity }, now) => (keepUntilAt === Infinity ? Infinity : (keepUntilAt - now) | 0)),
  [TEST.kept],
);
finds(
  'forgets what has no keepUntilAt',
  forgettingAfter(({ keepUntilAt }) => (keepUntilAt === undefined ? 10 : Infinity)),
  [TEST.keptForEver],
);
finds(
  'goes by an older keepUntilAt',
  (sound) => ({ update: changing(sound, (changed, record) => changed && { ...(record as object), ...changed }) }),
  [TEST.keptForEver],
);
