import { CircuitBreaker, type CircuitBreakerOptions } from '../src/index.js';
import { FakeClock } from './fake-clock.js';
import { RecordingListener } from './recording-listener.js';

export interface Setting {
  readonly breaker: CircuitBreaker;
  readonly clock: FakeClock;
  readonly recorder: RecordingListener;
}

/** The instant at which every setting begins. */
export const START = 50_000;

/** A breaker on a fake clock, with a listener that keeps what it is told. */
export function setUp(options: CircuitBreakerOptions = {}): Setting {
  const clock = new FakeClock(START);
  const recorder = new RecordingListener();
  const breaker = new CircuitBreaker('orders', { clock, listeners: [recorder], ...options });
  return { breaker, clock, recorder };
}
