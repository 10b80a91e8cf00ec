import { assertEqual } from './assertions.js';
import type { StorageTests } from './storage-test.js';

/** What is easily taken for one another, or for something of the storage's own. */
const PARTS = [
  'a',
  'A',
  'ab',
  'a b',
  'a:b',
  'a%3Ab',
  'a/b',
  'a/../b',
  'a.b',
  'a*',
  '{a}',
  '{b}:a',
  'ä',
  'a\u0308',
  '\n',
  '"',
];

export const naming: StorageTests = {
  'keeps names apart, and takes any': async ({ storage, another, name }) => {
    const long = `${name}${'-long'.repeat(100)}`;
    const names = [long, `${long}er`, ...PARTS.flatMap((part) => [`${name}${part}`, `${part}${name}`])];
    for (const each of names) await storage.update(each, () => ({ name: each }));
    for (const each of names) assertEqual(`the record of ${each}`, (await another.read(each)).record, { name: each });
  },

  'finds nothing under names that every object knows': async ({ storage }) => {
    for (const each of ['__proto__', 'constructor', 'toString']) {
      assertEqual(`the record of ${each}`, (await storage.read(each)).record, undefined);
    }
  },
};
