import { findServerProgram, startServer } from '@breaker/redis-server-for-tests';

// Keeps a Redis server, with nothing on disk, for as long as the parent lives.

export type RedisNews =
  | { readonly type: 'downloading' | 'missing' }
  | { readonly type: 'running'; readonly url: string };

const tell = (news: RedisNews) => process.send?.(news, () => undefined);

// When the parent is gone, however it went, so is the server, also if it is only about to start.
const gone = new Promise((resolve) => process.on('disconnect', resolve));
process.on('SIGINT', () => undefined);

const program = await findServerProgram(() => tell({ type: 'downloading' })).catch(() => undefined);
if (program === undefined) {
  tell({ type: 'missing' });
} else {
  const server = await startServer();
  tell({ type: 'running', url: `redis://127.0.0.1:${server.port}` });
  await gone;
  await server.stop();
}
process.exit();
