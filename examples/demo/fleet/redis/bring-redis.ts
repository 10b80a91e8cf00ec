import { startProcess } from '../../start-process.js';
import { type FoundRedis, NoRedisError } from './found-redis.js';
import type { RedisNews } from './own-redis.js';

const PATIENCE_MS = 60_000;

/** @throws NoRedisError */
export function bringRedis(tell: (news: string) => void): Promise<FoundRedis> {
  const keeper = startProcess(new URL('own-redis.ts', import.meta.url));
  const close = () => {
    if (keeper.connected) keeper.disconnect();
  };
  return new Promise((resolve, reject) => {
    const giveUp = (reason: string) => {
      close();
      reject(
        new NoRedisError(`${reason}\nInstall one (brew install redis, apt install redis-server), or set REDIS_URL.`),
      );
    };
    keeper.on('message', (news: RedisNews) => {
      if (news.type === 'downloading') tell("Fetching Debian's redis-server into your cache, for this once ...");
      else if (news.type === 'running') resolve({ url: news.url, place: new URL(news.url).host, close });
      else giveUp('No Redis server was found.');
    });
    keeper.once('exit', (code) => giveUp(`No Redis server could be started (${code}).`));
    setTimeout(giveUp, PATIENCE_MS, 'The Redis server took too long to start.').unref();
  });
}
