import type { CircuitRecord } from '@breaker/core';
import { letPromisesRun } from '../../src/let-promises-run.js';
import { changing, finds, TEST } from './broken-storage.js';

finds(
  'loses updates',
  (sound) => ({
    update: async (name, change) => {
      const { record, now } = await sound.read(name);
      const changed = change(record, now);
      return sound.update(name, () => changed);
    },
  }),
  [TEST.race],
);

finds(
  'breaks where updates race',
  (sound) => {
    let isUpdating = false;
    return {
      update: async (name, change) => {
        if (isUpdating) throw new Error('busy');
        isUpdating = true;
        await letPromisesRun();
        isUpdating = false;
        return sound.update(name, change);
      },
    };
  },
  [TEST.race],
);

finds(
  'gives every race up',
  (sound) => {
    let updating = 0;
    return {
      update: async (name, change) => {
        updating++;
        await letPromisesRun();
        const isAlone = updating === 1;
        await letPromisesRun();
        updating = 0;
        if (isAlone) return sound.update(name, change);
        throw Object.assign(new Error('lost'), { reason: 'conflict', mayHaveBeenApplied: false });
      },
    };
  },
  [TEST.race],
);

finds(
  'swallows what change throws',
  (sound) => ({ update: (name, change) => sound.update(name, change).catch(() => sound.read(name)) }),
  [TEST.thrown],
);

finds(
  'wraps what change throws',
  (sound) => ({
    update: (name, change) =>
      sound.update(name, change).catch((cause) => {
        throw new Error('update failed', { cause });
      }),
  }),
  [TEST.thrown],
);

finds(
  'throws what change throws',
  (sound) => ({
    update: (name, change) => {
      let thrown: unknown;
      const update = sound.update(name, (record, now) => {
        try {
          return change(record, now);
        } catch (error) {
          thrown = error;
          return undefined;
        }
      });
      if (thrown !== undefined) throw thrown;
      return update;
    },
  }),
  [TEST.thrown],
);

finds(
  'answers the old record',
  (sound) => ({
    update: async (name, change) => {
      const before = await sound.read(name);
      await sound.update(name, change);
      return before;
    },
  }),
  [TEST.answer, TEST.json, TEST.copiesOut],
);

finds(
  'answers what change gave',
  (sound) => ({
    update: async (name, change) => {
      let changed: CircuitRecord | undefined;
      const { now } = await sound.update(name, (record, now) => {
        changed = change(record, now);
        return changed;
      });
      return { record: changed && JSON.parse(JSON.stringify(changed)), now };
    },
  }),
  [TEST.declined, TEST.copiesAsked],
);

finds(
  'asks change with nothing',
  (sound) => ({ update: (name, change) => sound.update(name, (_, now) => change(undefined, now)) }),
  [TEST.asked, TEST.race, TEST.copiesAsked],
);

finds(
  'writes by reading',
  (sound) => ({ read: (name) => sound.update(name, (record) => (record ?? {}) as CircuitRecord) }),
  [TEST.nothing, TEST.declined, TEST.objectNames],
);

finds(
  'reads null where there is nothing',
  (sound) => ({
    read: async (name) => {
      const { record, now } = await sound.read(name);
      return { record: record ?? null, now };
    },
  }),
  [TEST.nothing, TEST.declined, TEST.objectNames],
);

finds(
  'keeps only what is flat',
  (sound) => ({
    update: changing(
      sound,
      (changed) =>
        changed && Object.fromEntries(Object.entries(changed).filter(([, value]) => typeof value !== 'object')),
    ),
  }),
  [TEST.json, TEST.copiesIn, TEST.copiesOut, TEST.copiesAsked],
);

finds('forgets where change declines', (sound) => ({ update: changing(sound, (changed) => changed ?? {}) }), [
  TEST.declined,
  TEST.copiesAsked,
  TEST.noPush,
]);

finds(
  'writes anew where change declines',
  (sound) => ({ update: changing(sound, (changed, record) => changed ?? record) }),
  [TEST.copiesAsked, TEST.noPush],
);

finds(
  'keeps a record for longer where change declines',
  (sound) => ({
    update: changing(sound, (changed, record, now) => changed ?? (record && { ...record, keepUntilAt: now + 90_000 })),
  }),
  [TEST.declined, TEST.copiesAsked, TEST.noPush],
);
