import type { CircuitRecord } from '@breaker/core';
import { type Break, finds, now, TEST } from './broken-storage.js';

const renaming =
  (rename: (name: string) => string): Break =>
  (sound) => ({
    read: (name) => sound.read(rename(name)),
    update: (name, change) => sound.update(rename(name), change),
  });

finds(
  'keeps one record for all names',
  renaming(() => 'a'),
  [TEST.names, TEST.kept, TEST.pushes, TEST.noPush],
);
finds(
  'knows no upper case',
  renaming((name) => name.toLowerCase()),
  [TEST.names],
);
finds(
  'cuts names off at a colon',
  renaming((name) => name.replace(/:.*/, '')),
  [TEST.names],
);
finds(
  'cuts long names off',
  renaming((name) => name.slice(0, 250)),
  [TEST.names],
);
finds(
  'trims names',
  renaming((name) => name.trim()),
  [TEST.names],
);

finds(
  'takes no names but plain ones',
  (sound) => ({
    update: async (name, change) => {
      if (/[^\w-]/.test(name)) throw new Error('bad name');
      return sound.update(name, change);
    },
  }),
  [TEST.names],
);

finds('keeps records as properties of an object', () => {
  const records: Record<string, string> = {};
  const look = (name: string) => ({ record: records[name] && JSON.parse(records[name]), now: now() });
  return {
    subscribe: undefined,
    read: async (name) => look(name),
    update: async (name, change) => {
      const { record, now } = look(name);
      const changed = change(record, now);
      if (changed !== undefined) records[name] = JSON.stringify(changed);
      return look(name);
    },
  };
}, [TEST.objectNames]);

/** Keeps objects as they are, but for those that `copy` copies. */
const sharing =
  (copy: { in?: boolean; out?: boolean; asked?: boolean }): Break =>
  () => {
    const records = new Map<string, CircuitRecord>();
    const take = (record: CircuitRecord | undefined, isCopied?: boolean) =>
      isCopied ? structuredClone(record) : record;
    return {
      subscribe: undefined,
      read: async (name) => ({ record: take(records.get(name), copy.out), now: now() }),
      update: async (name, change) => {
        const changed = change(take(records.get(name), copy.asked), now());
        if (changed !== undefined) records.set(name, structuredClone(changed));
        if (changed !== undefined && !copy.in) records.set(name, changed);
        return { record: take(records.get(name), copy.out), now: now() };
      },
    };
  };

finds('keeps the objects that it is given', sharing({ out: true, asked: true }), [TEST.copiesIn]);
finds('hands out its own objects', sharing({ in: true, asked: true }), [TEST.copiesOut]);
finds('lets change touch its own objects', sharing({ in: true, out: true }), [TEST.copiesAsked]);
