// Runs fleets through random faults in virtual time, with a storage of one's own settings, and replays what went wrong.

import assert from 'node:assert/strict';
import { simulateFleet } from '@breaker/testing';

// #region simulation
const options = { failureThreshold: 2, resetTimeoutMs: 500, maxTrials: 1 };

for (let seed = 1; seed <= 20; seed++) {
  const { violations } = await simulateFleet({ seed, processes: 3, steps: 40, options });
  assert.deepEqual(violations, []); // each with its invariant, a message, and the smallest schedule that shows it
}

// A schedule is plain data: keep one, and replay it.
const { trace } = await simulateFleet({
  seed: 1,
  processes: 2,
  options,
  schedule: [
    { action: 'health', isUp: false },
    { action: 'calls', process: 0, times: 2, lastsMs: 10, way: 'plain' },
    { action: 'time', ms: 400 },
    { action: 'fault', fault: 'crash', process: 0 },
  ],
});
// #endregion

console.log(trace.join('\n'));
