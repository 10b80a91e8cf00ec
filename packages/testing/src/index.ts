export { FakeClock } from './fake-clock.js';
export { type Given, type Outcomes, outcomes, outcomesSync } from './outcomes.js';
export { RecordingListener, type RecordingListenerOptions } from './recording-listener.js';
export { seededRandom } from './seeded-random.js';
export type {
  FaultKind,
  FaultStep,
  ProcessFaultKind,
  ProcessFaultStep,
  StorageFaultKind,
  StorageFaultStep,
} from './simulation/fault-kind.js';
export {
  type SimulationOptions,
  type SimulationResult,
  simulateFleet,
  type Violation,
} from './simulation/simulate-fleet.js';
export type { SimulatedBreakerOptions } from './simulation/simulation-options.js';
export type {
  CallsStep,
  ConfigureStep,
  DeployedOptions,
  FlushStep,
  HealStep,
  HealthStep,
  ProcessStep,
  RemakeStep,
  Ruling,
  RulingStep,
  SimulationStep,
  TimeStep,
} from './simulation/simulation-step.js';
export { FakeStorage, type FakeStorageOptions } from './storage/fake-storage.js';
export type { FakeStorageCounts } from './storage/record-server.js';
export { trip } from './trip.js';
