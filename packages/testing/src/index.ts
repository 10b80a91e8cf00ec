export { FakeClock } from './fake-clock.js';
export { seededRandom } from './seeded-random.js';
export { FakeStorage, type FakeStorageOptions } from './storage/fake-storage.js';
export type { FakeStorageCounts } from './storage/record-server.js';
