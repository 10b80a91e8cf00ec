import type { Network } from '@breaker/redis-server-for-tests';
import { describeOnRedis } from '@breaker/redis-server-for-tests/on-redis';
import { seededRandom } from '@breaker/testing';
import { expect, it } from 'vitest';
import type { RedisStorage, RedisStorageError } from '../src/index.js';
import { recordOf } from './records.js';
import { setUp } from './setting.js';

const NAMES = ['one', 'two', 'three'];
const PROCESSES = 3;
const FLOWS = 3;
const UPDATES = 40;

/** What became of an update, as its caller was told. */
type Outcome = 'applied' | 'not-applied' | 'in-doubt';

describeOnRedis('A storage whose network fails again and again', () => {
  const setting = setUp();

  it.each([1, 2, 3, 4])('applies what it says, once, and nothing that it says it has not (seed %i)', async (seed) => {
    const random = seededRandom(seed);
    const server = await setting.server();
    const outcomes = new Map<string, { readonly name: string; readonly outcome: Outcome }>();

    const flow = async (storage: RedisStorage, from: string) => {
      for (let update = 0; update < UPDATES; update++) {
        const name = NAMES[Math.floor(random() * NAMES.length)] ?? '';
        const id = `${from}-${update}`;
        outcomes.set(id, { name, outcome: await append(storage, name, id) });
      }
    };
    const flows: Promise<void>[] = [];
    for (let process = 0; process < PROCESSES; process++) {
      const network = await setting.network();
      spoil(network, random);
      const storage = setting.storage(await setting.client(network, { lazyConnect: true }), { timeoutMs: 100 });
      storage.subscribe('one', () => undefined);
      for (let each = 0; each < FLOWS; each++) flows.push(flow(storage, `${process}-${each}`));
    }
    let isOver = false;
    const killing = (async () => {
      while (!isOver) {
        await new Promise((resolve) => setTimeout(resolve, 20 * random()));
        await server.command('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes');
      }
    })();
    await Promise.all(flows);
    isOver = true;
    await killing;

    const calm = setting.storage(await setting.client());
    for (const name of NAMES) {
      const ids = idsOf((await calm.read(name)).record);
      expect(new Set(ids).size).toBe(ids.length);
      for (const [id, told] of outcomes) {
        if (told.name !== name) expect(ids).not.toContain(id);
        else if (told.outcome !== 'in-doubt')
          expect({ id, isStored: ids.includes(id) }).toEqual({ id, isStored: told.outcome === 'applied' });
      }
    }
    const counts = [...outcomes.values()].map(({ outcome }) => outcome);
    expect(new Set(counts).has('applied')).toBe(true);
    expect(new Set(counts).has('in-doubt')).toBe(true);
  });
});

async function append(storage: RedisStorage, name: string, id: string): Promise<Outcome> {
  try {
    const { record } = await storage.update(name, (stored) => recordOf({ ids: [...idsOf(stored), id] }));
    return idsOf(record).includes(id) ? 'applied' : 'not-applied';
  } catch (error) {
    return (error as RedisStorageError).mayHaveBeenApplied ? 'in-doubt' : 'not-applied';
  }
}

function idsOf(record: unknown): string[] {
  return record === undefined ? [] : (record as { readonly ids: string[] }).ids;
}

/** Cuts connections and loses messages, both ways, now and then. */
function spoil(network: Network, random: () => number): void {
  const judge = () => {
    const chance = random();
    if (chance < 0.02) return 'cut';
    return chance < 0.03 ? 'lose' : undefined;
  };
  network.onRequest = judge;
  network.onReply = judge;
}
