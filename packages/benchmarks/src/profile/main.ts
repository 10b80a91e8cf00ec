import { CircuitBreaker, type Clock } from '@breaker/core';
import { hotPaths } from '../regression/hot-paths.js';
import { profile } from './profile.js';

const MILLISECONDS = 4_000;
const LEAST_PERCENT = 1;

const [name] = process.argv.slice(2);
const path = hotPaths.find((each) => each.name === name);
if (path === undefined) {
  console.error(`Say which hot path: ${hotPaths.map((each) => `"${each.name}"`).join(', ')}`);
  process.exit(2);
}
const clock: Clock = new CircuitBreaker('clock').options.clock;
for (const { of, percent } of await profile(await path.make(clock), MILLISECONDS)) {
  if (percent >= LEAST_PERCENT) console.log(`${percent.toFixed(1).padStart(5)} %  ${of}`);
}
