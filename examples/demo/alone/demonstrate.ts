import { hasScreen } from '../screen.js';
import { startServer } from '../start-server.js';
import { askGuarded, askUnguarded, makeBreaker } from './guarded-call.js';
import { play } from './play.js';
import { Side } from './side.js';
import { liveView, plainView, report, type Scene } from './view.js';

/** One process makes the same calls to two equal servers, to one of them through a circuit breaker. */
export async function demonstrateAlone(pace: number): Promise<void> {
  const servers = await Promise.all([startServer(pace), startServer(pace)]);
  const breaker = makeBreaker(pace);
  const guarded = new Side(servers[0], (url) => askGuarded(breaker, url));
  const unguarded = new Side(servers[1], (url) => askUnguarded(url, pace));
  const scene: Scene = { breaker, sides: [guarded, unguarded], moments: [] };

  const view = hasScreen() ? liveView() : plainView();
  view.tell(0, `servers ${servers.map(({ url }) => url).join(' / ')}`);
  try {
    await play(scene, view, pace);
  } finally {
    view.close();
    for (const server of servers) server.stop();
  }
  console.log(report(scene).join('\n'));
}
