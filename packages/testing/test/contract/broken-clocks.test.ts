import type { CircuitRecord } from '@breaker/core';
import { type Break, changing, finds, now, type Sound, TEST } from './broken-storage.js';

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

const createdAt = now();

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
finds(
  'has a clock that stands still',
  (sound) => {
    const standsAt = now();
    return telling(() => standsAt)(sound);
  },
  [TEST.timeGoesOn],
);
finds('has a clock that goes back', (sound) => telling((now) => now - 2 * (now - createdAt))(sound), [
  TEST.time,
  TEST.timeGoesOn,
  TEST.kept,
]);
finds(
  'tells change another time',
  (sound) => ({ update: (name, change) => sound.update(name, (record) => change(record, 0)) }),
  [TEST.time, TEST.timeGoesOn],
);

/** Forgets a record some time after it was written, whatever else happens to it. */
const forgettingAfter =
  (lifeMs: (record: CircuitRecord, now: number) => number): Break =>
  (sound) => {
    const ends = new Map<string, number>();
    const look: Sound['read'] = async (name) => {
      const { record, now } = await sound.read(name);
      return { record: now > (ends.get(name) ?? now) ? undefined : record, now };
    };
    return {
      read: look,
      update: async (name, change) => {
        await sound.update(name, (record, now) => {
          const changed = change(now > (ends.get(name) ?? now) ? undefined : record, now);
          if (changed !== undefined) ends.set(name, now + lifeMs(changed, now));
          return changed;
        });
        return look(name);
      },
    };
  };

finds(
  'forgets what has a keepUntilAt',
  forgettingAfter((record) => (record.keepUntilAt === undefined ? 1e9 : -1)),
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
  forgettingAfter(({ keepUntilAt = Infinity }, now) => (keepUntilAt === Infinity ? 1e9 : (keepUntilAt - now) | 0)),
  [TEST.kept],
);
finds(
  'forgets what has no keepUntilAt',
  forgettingAfter(({ keepUntilAt = 0 }, now) => Math.max(10, keepUntilAt - now)),
  [TEST.keptForEver],
);
finds(
  'goes by an older keepUntilAt',
  (sound) => ({ update: changing(sound, (changed, record) => changed && { ...(record as object), ...changed }) }),
  [TEST.keptForEver],
);
