import type { BreakerEvent } from '@breaker/core';
import type { SimulatedProcess } from './simulated-process.js';
import type { Watcher } from './watcher.js';

/** Counts what a run was made of. */
export class Tally implements Watcher {
  /** Changes of state that breakers told of. */
  transitions = 0;
  faults = 0;

  told(_process: SimulatedProcess, event: BreakerEvent): void {
    if (event.type === 'state-change' && event.from !== event.to) this.transitions++;
  }
}
