// Lets a fleet share a circuit within one test, and takes the storage away from one of its processes.

import assert from 'node:assert/strict';
import { CircuitBreaker } from '@breaker/core';
import { FakeClock, FakeStorage, seededRandom, trip } from '@breaker/testing';

// #region fleet
const clock = new FakeClock();
const storage = new FakeStorage({ clock });
const link = storage.link(); // another process's way to the same data

const options = { clock, random: seededRandom(1) };
const here = new CircuitBreaker('search', { ...options, storage });
const there = new CircuitBreaker('search', { ...options, storage: link });
await Promise.all([here.ready(), there.ready()]);

await trip(here); // opens for this process,
await clock.advanceAsync(1_000);
assert.equal(there.state, 'open'); // and, as nobody there knows better, for all

link.hang();
await clock.advanceAsync(10_000);
assert.equal(there.snapshot().degraded, true);
assert.equal(here.snapshot().degraded, false);

link.heal();
await clock.advanceAsync(10_000);
assert.equal(there.snapshot().degraded, false);
// #endregion

console.log(`${there.state} there, after`, storage.counts);
await Promise.all([here.dispose(), there.dispose()]);
