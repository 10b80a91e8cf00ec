import { MemoryStorage } from '@breaker/core';
import { describe, it } from 'vitest';
import { describeStorageContract } from '../../src/contract/index.js';
import { FakeClock, FakeStorage } from '../../src/index.js';
import { KeyValueStorage, KeyValueStore } from './key-value-storage.js';

const runner = { describe, it };

describeStorageContract('MemoryStorage', () => ({ storage: new MemoryStorage() }), runner);

describeStorageContract(
  'MemoryStorage on a clock that stands still',
  () => {
    const clock = new FakeClock(5_000);
    return { storage: new MemoryStorage({ clock }), now: () => clock.now() };
  },
  runner,
);

describeStorageContract(
  'FakeStorage',
  () => {
    const clock = new FakeClock(5_000);
    return { storage: new FakeStorage({ clock }), now: () => clock.now() };
  },
  runner,
);

describeStorageContract(
  'FakeStorage, over a link,',
  () => {
    const clock = new FakeClock(5_000);
    const another = new FakeStorage({ clock });
    another.stepClock(-700);
    return { storage: another.link(), another, now: () => clock.now() - 700 };
  },
  runner,
);

describeStorageContract(
  'FakeStorage, with pushes that come twice,',
  () => {
    const clock = new FakeClock();
    const storage = new FakeStorage({ clock });
    storage.duplicatePushes();
    storage.conflict(3);
    return { storage, another: storage.link() };
  },
  runner,
);

describeStorageContract(
  'A storage of somebody else',
  async () => {
    const store = new KeyValueStore();
    return { storage: new KeyValueStorage(store), another: new KeyValueStorage(store), now: async () => Date.now() };
  },
  runner,
);

describeStorageContract(
  'A storage that cannot push',
  () => {
    const storage = new MemoryStorage();
    return { storage: { read: (name) => storage.read(name), update: (name, change) => storage.update(name, change) } };
  },
  runner,
);
