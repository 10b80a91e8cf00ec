import { assert, assertEqual } from './assertions.js';
import type { Setting, StorageTests } from './storage-test.js';
import { type PushingStorage, Subscription } from './subscription.js';

export const pushing: StorageTests = {
  'tells each subscription to read first, but not before subscribe has returned': whereItPushes(
    async ({ storage, name }) => {
      const first = new Subscription(storage, name);
      const second = new Subscription(storage, name);
      for (const subscription of [first, second]) {
        assert(!subscription.isCalledTooEarly, 'a subscription must not be called back before subscribe has returned');
        await subscription.untilToldToRead();
      }
      const late = new Subscription(storage, name);
      await late.untilToldToRead();
      for (const subscription of [first, second, late]) subscription.end();
    },
  ),

  'pushes copies of what another one writes, to those who subscribe to that name': whereItPushes(
    async ({ storage, another, name }) => {
      const meddler = new Subscription(storage, name, (record) =>
        Object.assign(record as object, { revision: 'mine' }),
      );
      const ended = new Subscription(storage, name);
      const reader = new Subscription(storage, name);
      const elsewhere = new Subscription(storage, `${name}-other`);
      // More often than there are subscriptions: one that is ended twice must not end another.
      for (let times = 0; times < 4; times++) ended.end();
      for (const subscription of [meddler, reader, elsewhere]) await subscription.untilToldToRead();

      const heard = reader.heard;
      await another.update(name, () => ({ revision: 1 }));
      await reader.untilToldMoreThan(heard);
      for (const record of [...reader.records, ...meddler.records])
        assertEqual('what is pushed', record, { revision: 1 });
      assertEqual('what is read after a change to what was pushed', (await another.read(name)).record, { revision: 1 });
      assertEqual('what is pushed under another name', elsewhere.records, []);
      assertEqual('what an ended subscription is told', ended.heard, 0);
      for (const subscription of [meddler, reader, elsewhere]) subscription.end();
    },
  ),

  'pushes nothing where change declines': whereItPushes(async ({ storage, another, name }) => {
    const reader = new Subscription(storage, name);
    await reader.untilToldToRead();
    const write = async (revision: number) => {
      const { heard } = reader;
      await another.update(name, () => ({ revision }));
      await reader.untilToldMoreThan(heard);
    };
    await write(1);
    const pushed = reader.records.length;
    await another.update(name, () => undefined);
    await write(2);
    for (const record of reader.records.slice(pushed))
      assertEqual('what is pushed afterwards', record, { revision: 2 });
    reader.end();
  }),
};

type PushingSetting = Setting & { readonly storage: PushingStorage };

/** A storage need not push; then there is nothing to test. */
function whereItPushes(test: (setting: PushingSetting) => Promise<void>): StorageTests[string] {
  const pushes = (setting: Setting): setting is PushingSetting => setting.storage.subscribe !== undefined;
  return async (setting) => {
    if (pushes(setting)) await test(setting);
  };
}
