// What a pending call weighs.

import { plain } from '../cases/demands.js';
import { heapUsed } from '../measure/heap-used.js';
import { peers } from '../peers/peers.js';

const [name = '', calls = ''] = process.argv.slice(2);
const count = Number(calls);
const never = new Promise<number>(() => undefined);
const guarded = peers.find((peer) => peer.name === name)?.guard(async () => await never, plain);
if (guarded === undefined) throw new Error(`there is no peer ${name}`);

const kept = new Array<unknown>(count).fill(undefined);
const before = heapUsed();
for (let i = 0; i < count; i++) kept[i] = guarded.call();
console.log(JSON.stringify({ bytes: (heapUsed() - before) / count }));
process.exit(); // whatever timers are left
