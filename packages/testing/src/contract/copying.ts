import { assertEqual } from './assertions.js';
import type { StorageTests } from './storage-test.js';

/** A record that each test tries to change from outside. */
const untouched = () => ({ inner: { list: [1] } });

function touch(record: unknown): void {
  (record as ReturnType<typeof untouched>).inner.list.push(2);
}

export const copying: StorageTests = {
  'takes records in as copies': async ({ storage, name }) => {
    const given = untouched();
    await storage.update(name, () => given);
    touch(given);
    assertEqual('what is read', (await storage.read(name)).record, untouched());
  },

  'gives records out as copies': async ({ storage, name }) => {
    touch((await storage.update(name, () => untouched())).record);
    assertEqual('what is read after a change to what update answered', (await storage.read(name)).record, untouched());
    touch((await storage.read(name)).record);
    assertEqual('what is read after a change to what was read', (await storage.read(name)).record, untouched());
  },

  'asks change with a copy': async ({ storage, name }) => {
    await storage.update(name, () => untouched());
    const { record } = await storage.update(name, (record) => {
      touch(record);
      return undefined;
    });
    assertEqual('what update answers', record, untouched());
    assertEqual('what is read', (await storage.read(name)).record, untouched());
  },
};
