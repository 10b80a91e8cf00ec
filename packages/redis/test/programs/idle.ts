import { Redis } from 'ioredis';
import { RedisStorage } from '../../src/index.js';

// Follows a record, writes it, and has nothing more to do. The client has been disconnected: it is the application's to keep alive.
const [port = '', close = ''] = process.argv.slice(2);
const client = new Redis({ port: Number(port), host: '127.0.0.1', lazyConnect: true });
const storage = new RedisStorage(client, { namespace: 'idle' });
storage.subscribe('one', () => undefined);
const outcome = await storage
  .update('one', () => ({}))
  .then(
    () => 'applied',
    (error: { reason: string }) => error.reason,
  );
if (close === 'close') await storage.close();
console.info(outcome);
