import { readArguments, USAGE } from './arguments.js';
import { run } from './run.js';

const request = readArguments(process.argv.slice(2));
if (typeof request === 'string') {
  console.error(`${request}\n\n${USAGE}`);
  process.exitCode = 2;
} else if (request.help) {
  console.log(USAGE);
} else {
  await run(request);
}
