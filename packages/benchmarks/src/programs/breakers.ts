// What many breakers of a peer weigh, how many timers they set, and how busy they keep an idle process.

import { setTimeout as wait } from 'node:timers/promises';
import { CircuitBreaker } from '@breaker/core';
import { answer } from '../cases/calls.js';
import { plain, windowed } from '../cases/demands.js';
import { countTimers } from '../measure/count-timers.js';
import { heapUsed } from '../measure/heap-used.js';
import { type Guarded, nothingToDispose } from '../peers/peer.js';
import { peers } from '../peers/peers.js';

const [name = '', trip = '', breakers = '', idleMs = ''] = process.argv.slice(2);
const count = Number(breakers);
const timers = countTimers();

const guard = makerOf(name, trip);
const kept = new Array<object | undefined>(count).fill(undefined);
const before = heapUsed();
for (let i = 0; i < count; i++) kept[i] = guard(i).made;
const fresh = heapUsed() - before;
const timersSet = timers.set;

await wait(200); // what the optimiser and the collector have left to do is not the breakers'
const busyBefore = process.cpuUsage();
await wait(Number(idleMs));
const { user, system } = process.cpuUsage(busyBefore);

kept.length = 0;
const guarded = Array.from({ length: count }, (_, i) => guard(i));
const beforeUse = heapUsed();
for (const { call } of guarded) await call();
const used = heapUsed() - beforeUse;
for (const { dispose } of guarded) dispose(); // until here none of them may be garbage

const result = {
  heap: Math.round(fresh / count),
  heapOnceCalled: Math.round((fresh + used) / count),
  timers: timersSet / count,
  busy: (user + system) / 1_000 / Number(idleMs),
};
console.log(JSON.stringify(result));
process.exit(); // whatever timers are left: these breakers end with the process

function makerOf(name: string, trip: string): (i: number) => Guarded {
  if (name === 'defaults') return defaults;
  const peer = peers.find((candidate) => candidate.name === name);
  const demands = trip === 'windowed' ? { ...plain, trip: windowed } : plain;
  return () => {
    const guarded = peer?.guard(answer, demands);
    if (guarded === undefined) throw new Error(`${name} cannot be ${trip}`);
    return guarded;
  };
}

function defaults(i: number): Guarded {
  const made = new CircuitBreaker(`host-${i}`);
  return { made, call: () => made.execute(answer), dispose: nothingToDispose };
}
