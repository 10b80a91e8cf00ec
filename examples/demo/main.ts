import { askGuarded, askUnguarded, makeBreaker } from './guarded-call.js';
import { play } from './play.js';
import { Side } from './side.js';
import { startServer } from './start-server.js';
import { liveView, plainView, report, type Scene } from './view.js';

const USAGE = `Usage: pnpm demo [--fast] [--help]

Makes the same calls to two equal servers, to one of them through a circuit breaker, while both become slow, fail and
recover. Shows what callers and servers notice of it. Takes 15 seconds, with --fast 5.`;

const options = process.argv.slice(2);
const unknown = options.find((option) => option !== '--fast' && option !== '--help');
if (unknown !== undefined) {
  console.error(`Unknown option: ${unknown}\n\n${USAGE}`);
  process.exitCode = 2;
} else if (options.includes('--help')) {
  console.log(USAGE);
} else {
  await demonstrate(options.includes('--fast') ? 0.3 : 1);
}

async function demonstrate(pace: number): Promise<void> {
  process.on('SIGINT', () => process.exit(130));
  process.on('SIGTERM', () => process.exit(143));
  process.stdout.on('error', () => process.exit());

  const servers = await Promise.all([startServer(pace), startServer(pace)]);
  const breaker = makeBreaker(pace);
  const guarded = new Side(servers[0], (url) => askGuarded(breaker, url));
  const unguarded = new Side(servers[1], (url) => askUnguarded(url, pace));
  const scene: Scene = { breaker, sides: [guarded, unguarded], moments: [] };

  const view = process.stdout.isTTY && process.env.TERM !== 'dumb' ? liveView() : plainView();
  view.tell(0, `servers ${servers.map(({ url }) => url).join(' / ')}`);
  try {
    await play(scene, view, pace);
    view.close();
    console.log(report(scene).join('\n'));
  } catch (error) {
    view.close();
    console.error(`The demo broke off: ${error}`);
    process.exitCode = 1;
  }
  for (const server of servers) server.stop();
}
