export { FakeClock } from './fake-clock.js';
export { type Outcomes, outcomes, outcomesSync } from './outcomes.js';
export { RecordingListener, type RecordingListenerOptions } from './recording-listener.js';
export { seededRandom } from './seeded-random.js';
export type { FaultKind } from './simulation/fault-kind.js';
export {
  type SimulationOptions,
  type SimulationResult,
  simulateFleet,
  type Violation,
} from './simulation/simulate-fleet.js';
export type { SimulationStep } from './simulation/simulation-step.js';
export { FakeStorage, type FakeStorageOptions } from './storage/fake-storage.js';
export type { FakeStorageCounts } from './storage/record-server.js';
export { trip } from './trip.js';
