import { assert, assertEqual } from './assertions.js';
import type { StorageTests } from './storage-test.js';

export const updating: StorageTests = {
  'reads nothing where nothing was written, and writes nothing by reading': async ({ storage, another, name }) => {
    assertEqual('the record', (await storage.read(name)).record, undefined);
    assertEqual('the record, read again', (await another.read(name)).record, undefined);
  },

  'answers an update with the new record, and reads it from then on': async ({ storage, another, name }) => {
    for (const revision of [1, 2]) {
      const { record } = await storage.update(name, () => ({ revision }));
      assertEqual('what update answers', record, { revision });
      assertEqual('what is read', (await storage.read(name)).record, { revision });
      assertEqual('what another one reads', (await another.read(name)).record, { revision });
    }
  },

  'asks change with what is stored': async ({ storage, another, name }) => {
    const asked: unknown[] = [];
    for (const updating of [storage, another, storage]) {
      let seen: unknown;
      await updating.update(name, (record) => {
        seen = record;
        return { revision: asked.length + 1 };
      });
      asked.push(seen);
    }
    assertEqual('what change was asked with', asked, [undefined, { revision: 1 }, { revision: 2 }]);
  },

  'keeps whatever JSON can hold': async ({ storage, another, name }) => {
    const record = {
      text: 'ä "quoted" \\ \u2028 😀\n\u0000',
      numbers: [0, -1, 0.1, 1e21, 1_700_000_000_000.25, Number.MAX_SAFE_INTEGER],
      flags: [true, false, null],
      nested: { empty: {}, none: [], deep: [[{ '': '' }]] },
    };
    const { record: answered } = await storage.update(name, () => record);
    assertEqual('what update answers', answered, record);
    assertEqual('what another one reads', (await another.read(name)).record, record);
  },

  'writes nothing where change declines': async ({ storage, another, name }) => {
    const decline = () => undefined;
    assertEqual('what update answers where there is nothing', (await storage.update(name, decline)).record, undefined);
    assertEqual('what is read then', (await another.read(name)).record, undefined);
    const record = { revision: 1, keepUntilAt: (await storage.read(name)).now + 60_000 };
    await storage.update(name, () => record);
    assertEqual('what update answers', (await another.update(name, decline)).record, record);
    assertEqual('what is read after it', (await storage.read(name)).record, record);
  },

  'rejects with the very value that change throws, and writes nothing': async ({ storage, another, name }) => {
    await storage.update(name, () => ({ revision: 1 }));
    for (const thrown of [new Error('thrown by change'), Object.freeze({ reason: 'thrown by change' })]) {
      let update: Promise<unknown> | undefined;
      try {
        update = storage.update(name, () => {
          throw thrown;
        });
      } catch {
        // What is no rejection is found below.
      }
      assert(update !== undefined, 'update must reject, but throws');
      const outcome = await update.then(
        () => 'no rejection',
        (error: unknown) => error,
      );
      assert(outcome === thrown, `update must reject with what change throws, but gives ${String(outcome)}`);
    }
    assertEqual('what is read after it', (await another.read(name)).record, { revision: 1 });
  },
};
