import { Redis } from 'ioredis';
import { RedisStorage } from '../../src/index.js';

// Follows a record, writes it where it is not to follow only, and has nothing more to do. The client has been disconnected: it is the application's to keep alive.
const [port = '', how = ''] = process.argv.slice(2);
const client = new Redis({ port: Number(port), host: '127.0.0.1', lazyConnect: true });
const storage = new RedisStorage(client, { namespace: 'idle' });
storage.subscribe('one', () => undefined);
if (how === 'follow') process.on('exit', () => console.info('followed'));
else {
  const outcome = await storage
    .update('one', () => ({}))
    .then(
      () => 'applied',
      (error: { reason: string }) => error.reason,
    );
  if (how === 'close') await storage.close();
  console.info(outcome);
}
