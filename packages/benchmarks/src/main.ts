import { compareCalls } from './calls.js';
import { weigh } from './memory.js';

console.log(`Node ${process.version}: medians of interleaved rounds, against the same call without a breaker\n`);
for (const { title, rows } of await compareCalls()) {
  console.log(title);
  for (const [name, { nanoseconds, ratio }] of rows) {
    console.log(`  ${name.padEnd(36)}${nanoseconds.toFixed(0).padStart(7)} ns${`${ratio.toFixed(2)} x`.padStart(10)}`);
  }
}
console.log('heap');
for (const [name, bytes] of await weigh()) console.log(`  ${name.padEnd(36)}${String(bytes).padStart(7)} B`);
