import { assertEqual } from './assertions.js';
import type { StorageTests } from './storage-test.js';
import { pause } from './waiting.js';

const SOON_MS = 20;
const DAY_MS = 86_400_000;
/** 30 days are more than a timer of 32 bits can count. */
const TIMES_MS = [SOON_MS, 1_000, 60_000, DAY_MS, 30 * DAY_MS];

export const keeping: StorageTests = {
  'keeps a record until keepUntilAt, be it soon or late': async ({ storage, another, name }) => {
    const ends = new Map<string, number>();
    for (const ms of TIMES_MS) {
      await storage.update(`${name}-${ms}`, (_, now) => {
        ends.set(`${name}-${ms}`, now + ms);
        return { keepUntilAt: now + ms };
      });
    }
    for (const waitMs of [0, SOON_MS / 4]) {
      await pause(waitMs);
      for (const [each, keepUntilAt] of ends) {
        const { record, now } = await another.read(each);
        if (now <= keepUntilAt)
          assertEqual(`what is read ${keepUntilAt - now} ms before keepUntilAt`, record, { keepUntilAt });
      }
    }
  },

  'keeps a record for ever that has no keepUntilAt, or has it no more': async ({ storage, another, name }) => {
    await storage.update(name, (_, now) => ({ keepUntilAt: now + SOON_MS }));
    await storage.update(name, () => ({ revision: 2 }));
    await pause(SOON_MS + 5);
    assertEqual('what is read', (await another.read(name)).record, { revision: 2 });
  },
};
