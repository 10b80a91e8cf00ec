import { demonstrateAlone } from './alone/demonstrate.js';
import { interruption } from './interruption.js';

const USAGE = `Usage: pnpm demo [--fast] [--help]

Makes the same calls to two equal servers, to one of them through a circuit breaker, while both become slow, fail and
recover. Shows what callers and servers notice of it. Takes 15 seconds, with --fast 5.`;

const KNOWN = ['--fast', '--help'];
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
function demonstrate(pace: number): Promise<number> {
  return Promise.race([interruption(), demonstrateAlone(pace).then(() => 0, brokeOff)]);
}

function brokeOff(error: unknown): number {
  console.error(`The demo broke off: ${error}`);
  return 1;
}
