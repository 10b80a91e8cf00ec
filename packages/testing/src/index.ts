export { FakeClock } from './fake-clock.js';
export { type Outcomes, outcomes, outcomesSync } from './outcomes.js';
export { RecordingListener, type RecordingListenerOptions } from './recording-listener.js';
export { seededRandom } from './seeded-random.js';
export { FakeStorage, type FakeStorageOptions } from './storage/fake-storage.js';
export type { FakeStorageCounts } from './storage/record-server.js';
export { trip } from './trip.js';
