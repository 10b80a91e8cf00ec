import { demonstrateAlone } from './alone/demonstrate.js';
import { demonstrateFleet } from './fleet/demonstrate.js';
import { NoRedisError } from './fleet/redis/found-redis.js';
import { interruption } from './interruption.js';

const USAGE = `Usage: pnpm demo [--alone] [--fast] [--help]

Four processes call a server through one circuit that they share, while it fails, hangs and recovers, and one of them
is killed. Takes 13 seconds. Uses the Redis at REDIS_URL, or brings its own.

--alone   one process instead, with a circuit breaker and without, side by side. Takes 15 seconds, and no Redis
--fast    three times as fast`;

const KNOWN = ['--alone', '--fast', '--help'];
const options = process.argv.slice(2);
const unknown = options.find((option) => !KNOWN.includes(option));
if (unknown !== undefined) {
  console.error(`Unknown option: ${unknown}\n\n${USAGE}`);
  process.exitCode = 2;
} else if (options.includes('--help')) {
  console.log(USAGE);
} else {
  const code = await demonstrate(options.includes('--fast') ? 0.3 : 1);
  process.stdout.write('', () => process.exit(code));
}

/** @returns the exit code */
async function demonstrate(pace: number): Promise<number> {
  const interrupted = interruption();
  try {
    if (!options.includes('--alone')) return await demonstrateFleet(pace, interrupted);
  } catch (error) {
    if (!(error instanceof NoRedisError)) return brokeOff(error);
    console.log(`${error.message}\nHere is the demo of one process instead:\n`);
  }
  return Promise.race([interrupted, demonstrateAlone(pace).then(() => 0, brokeOff)]);
}

function brokeOff(error: unknown): number {
  console.error(`The demo broke off: ${error}`);
  return 1;
}
