import type { CircuitRecord } from '@breaker/core';
import { RedisStorage } from '@breaker/redis';
import type { Network } from '@breaker/redis-server-for-tests';
import type { Redis } from 'ioredis';
import { median } from '../numbers/percentile.js';
import { type Passage, roundTripsOf } from '../numbers/round-trips.js';
import type { Figure } from '../report/figure.js';
import { clientOf, networkBefore, type Server } from '../server/server.js';
import type { Scale } from './scale.js';

/** How many names change at once, and how many groups of 256 they make: two round trips each. */
const AMOUNTS = [
  { names: 1, groups: 1 },
  { names: 100, groups: 1 },
  { names: 1_000, groups: 4 },
];
const LINKS_MS = [5, 20];
/** Long enough that all pieces of a question are on their way before the first answer comes. */
const COUNTING_LINK_MS = 10;
/** Nothing is lost because this machine is busy. */
const TIMEOUT_MS = 10_000;

interface Bench {
  readonly network: Network;
  readonly client: Redis;
  readonly storage: RedisStorage;
}

/** How often a change waits for the server: counted by a network before it, and in time. */
export async function measureRoundTrips(server: Server, scale: Scale): Promise<Figure[]> {
  const { network, address } = await networkBefore(server);
  const client = clientOf(address);
  const storage = new RedisStorage(client, { namespace: server.namespace, timeoutMs: TIMEOUT_MS });
  try {
    await storage.read('warm-up');
    await client.connect();
    const bench = { network, client, storage };
    const figures = await countRoundTrips(bench);
    for (const roundTripMs of LINKS_MS) figures.push(...(await timeChanges(bench, roundTripMs, scale)));
    return figures;
  } finally {
    await storage.close();
    client.disconnect();
    await network.stop();
  }
}

async function countRoundTrips({ network, storage }: Bench): Promise<Figure[]> {
  const topic = 'Round trips, as a network before the server counts them';
  const passages: Passage[] = [];
  const note = (passage: Passage) => () => {
    passages.push(passage);
    return undefined;
  };
  network.onRequest = note('request');
  network.onReply = note('reply');
  network.delayMs = COUNTING_LINK_MS / 2;
  const figures: Figure[] = [];
  for (const { names, groups } of AMOUNTS) {
    passages.length = 0;
    await change(storage, names);
    const value = roundTripsOf(passages);
    figures.push({ topic, what: changeOf(names), value, unit: 'round trips', goal: { exactly: 2 * groups } });
  }
  return figures;
}

async function timeChanges({ network, client, storage }: Bench, roundTripMs: number, { linkChanges }: Scale) {
  const topic = 'The same in time, over a link that takes its own';
  network.delayMs = roundTripMs / 2;
  const pings: number[] = [];
  const changes: number[][] = AMOUNTS.map(() => []);
  for (let turn = 0; turn < linkChanges; turn++) {
    pings.push(await timeOf(() => client.ping()));
    for (const [index, { names }] of AMOUNTS.entries()) {
      // A thousand take long, and one look is enough.
      if (names < 1_000 || turn < 3) changes[index]?.push(await timeOf(() => change(storage, names)));
    }
  }
  return AMOUNTS.map(({ names }, index): Figure => {
    const value = median(changes[index] as number[]) / median(pings);
    return { topic, what: `${changeOf(names)}, ${roundTripMs} ms`, value, unit: 'PINGs there' };
  });
}

function changeOf(names: number): string {
  return names === 1 ? 'a change' : `changes of ${names} names at once, together`;
}

/** Counts on: what a change costs, whatever it changes. */
async function change(storage: RedisStorage, names: number): Promise<void> {
  const count = (record: unknown) => ({ count: ((record as { count?: number } | undefined)?.count ?? 0) + 1 });
  const updates = Array.from({ length: names }, (_, index) =>
    storage.update(`name-${index}`, (record) => count(record) as CircuitRecord),
  );
  await Promise.all(updates);
}

async function timeOf(run: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await run();
  return performance.now() - startedAt;
}
