import { CircuitBreaker, type CircuitBreakerOptions } from '../src/index.js';
import { FakeClock } from './fake-clock.js';
import { FaultyStorage } from './faulty-storage.js';
import { NOW } from './fleet-records.js';
import { letPromisesRun } from './let-promises-run.js';
import { RecordingListener } from './recording-listener.js';

/** A process of a fleet: its breaker, and what its listeners heard. */
export interface Process {
  readonly breaker: CircuitBreaker;
  readonly recorder: RecordingListener;
}

/** A fleet on a storage with faults. Chance is always 0: no flush, poll or trial is spread. */
export function setUpFleet(options: CircuitBreakerOptions = {}) {
  const clock = new FakeClock(NOW);
  const storage = new FaultyStorage(clock);
  const start = (own: CircuitBreakerOptions = {}): Process => {
    const recorder = new RecordingListener();
    const listeners = [recorder];
    const given = { clock, storage, random: () => 0, resetTimeoutMs: 10_000, failureThreshold: 3 };
    return { breaker: new CircuitBreaker('orders', { ...given, listeners, ...options, ...own }), recorder };
  };
  return { clock, storage, start };
}

/** A process that knows what is stored, and has read again as its subscription told it to. */
export async function startReady(fleet: ReturnType<typeof setUpFleet>, own?: CircuitBreakerOptions): Promise<Process> {
  const process = fleet.start(own);
  await process.breaker.ready();
  await letPromisesRun();
  return process;
}
