import type { CircuitBreakerOptions } from '../src/index.js';
import { OwnCircuit } from '../src/own-circuit.js';
import { Settings } from '../src/settings.js';
import { FakeClock } from './fake-clock.js';

export const START = 5_000;

/** A process's own circuit on a fake clock, and what it reports of the user's functions. */
export function ownCircuit(options: CircuitBreakerOptions = {}) {
  const clock = new FakeClock(START);
  const faults: { error: unknown; source: string }[] = [];
  const settings = Settings.of({ clock, ...options });
  const own = new OwnCircuit(settings, { report: (error, source) => faults.push({ error, source }) });
  return { own, clock, faults, settings };
}

/** Calls end, one after the other, that the circuit let pass just now. */
export function takeIn(own: OwnCircuit, ...verdicts: readonly ('success' | 'failure' | 'ignore')[]): void {
  for (const verdict of verdicts) own.takeIn({ epoch: own.current.epoch, leaseId: undefined }, verdict, false);
}

/** Gets a trial's place; fails where there is none. */
export function takePlace(own: OwnCircuit, now: number): { epoch: number; leaseId: string } {
  const leaseId = own.requestTrial(now);
  if (leaseId === undefined) throw new Error(`no place in ${JSON.stringify(own.current)}`);
  return { epoch: own.current.epoch, leaseId };
}
