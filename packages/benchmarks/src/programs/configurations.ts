// Breakers of the configurations that are named, in one process.

import { answer } from '../cases/calls.js';
import { configurations } from '../cases/configurations.js';
import { contenderOf, unguarded } from '../cases/everybody.js';
import { repeat } from '../cases/repeat.js';
import { interleave } from '../measure/interleave.js';
import { guardBy } from '../peers/breaker.js';

const [rounds, sampleMs, ...names] = process.argv.slice(2);
const guarded = names.map((name) => contenderOf(name, guardBy(answer, configurations[name] ?? {}), repeat));
const effort = { rounds: Number(rounds), sampleMs: Number(sampleMs) };
const rows = await interleave([unguarded(answer, repeat), ...guarded], effort);
console.log(JSON.stringify(rows));
