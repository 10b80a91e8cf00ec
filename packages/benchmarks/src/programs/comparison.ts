// One of the cases, in a process of its own.

import { cases } from '../cases/cases.js';
import { interleave } from '../measure/interleave.js';

const [id, rounds, sampleMs] = process.argv.slice(2);
const found = cases.find((each) => each.id === id);
if (found === undefined) throw new Error(`There is no case "${id}"`);
const effort = { rounds: Number(rounds), sampleMs: Number(sampleMs) };
console.log(JSON.stringify(await interleave(await found.contenders(), effort)));
