import { randomUUID } from 'node:crypto';
import { hasScreen } from '../screen.js';
import { startServer } from '../start-server.js';
import { facts } from './facts.js';
import { Fleet } from './fleet.js';
import { lanes } from './lanes.js';
import { Member } from './member.js';
import { Narrator } from './narrator.js';
import { now } from './news.js';
import { play } from './play.js';
import { findRedis } from './redis/find-redis.js';
import { StoredCircuit } from './redis/stored-circuit.js';
import { Scene } from './scene.js';
import { table } from './table.js';
import { liveView, plainView } from './view.js';

type Ending = () => unknown;

/**
 * Four processes call one server through one circuit that they share.
 *
 * @param interrupted - the exit code, when nobody wants to see more
 * @throws NoRedisError
 */
export async function demonstrateFleet(pace: number, interrupted: Promise<number>): Promise<number> {
  const endings: Ending[] = [];
  try {
    return await Promise.race([interrupted, perform(pace, endings).then(() => 0)]);
  } finally {
    for (const end of endings.reverse()) await end();
  }
}

async function perform(pace: number, endings: Ending[]): Promise<void> {
  console.log('Starting Redis, a server and four processes that call it ...');
  const redis = await findRedis(console.log);
  endings.push(redis.close);
  const namespace = `demo-${randomUUID()}`;
  const circuit = new StoredCircuit(redis.url, namespace);
  endings.push(() => circuit.remove());
  const server = await startServer(pace);
  endings.push(server.stop);

  const start = (number: number) =>
    Member.start(`process ${number}`, [server.url, namespace, number / 4, pace], { REDIS_URL: redis.url });
  const fleet = new Fleet(await Promise.all([1, 2, 3, 4].map(start)));
  endings.push(() => Promise.all(fleet.living.map((member) => member.kill())));

  const scene = new Scene(fleet, pace);
  const narrator = new Narrator(fleet, scene.tell);
  scene.tell(`server ${server.url}, Redis ${redis.place}`);
  scene.tell(`processes ${fleet.members.map(({ pid }) => pid).join(' ')}`);
  const view = hasScreen() ? liveView(scene) : plainView(scene);
  endings.push(view.close);

  const outcome = await play(scene, server, circuit);
  const picture = lanes(scene, now());
  view.close();
  const untold = hasScreen() ? scene.news : [];
  const code = ' What each process does: examples/demo/fleet/guarded-call.ts';
  console.log([...untold, '', ...picture, '', ...table(fleet), '', ...facts(narrator, outcome), '', code].join('\n'));
}
