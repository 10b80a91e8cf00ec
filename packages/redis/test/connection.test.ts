import { describeOnRedis } from '@breaker/redis-server-for-tests/on-redis';
import { Redis } from 'ioredis';
import { afterEach, expect, it, vi } from 'vitest';
import { Connection } from '../src/connection/connection.js';
import { connectionOptions } from '../src/connection/connection-options.js';
import { Setback } from '../src/setback.js';
import { setUp } from './setting.js';

const LOST = { kind: 'lost', reason: 'unavailable' };
const COMMAND = ['set', 'one', '1'] as const;

describeOnRedis('A connection', () => {
  const setting = setUp();
  const open: Connection[] = [];

  afterEach(() => {
    for (const connection of open.splice(0)) connection.end(new Setback('lost', { cause: new Error('over') }));
  });

  async function connect(port?: number): Promise<Connection> {
    const at = { host: '127.0.0.1', port: port ?? (await setting.server()).port };
    const connection = await Connection.open(new Redis({ ...at, ...(connectionOptions({}, 500) as object) }), 500);
    open.push(connection);
    return connection;
  }

  it('sends nothing once it has ended, and says that nothing may have been applied', async () => {
    const connection = await connect();
    connection.end(new Setback('refused', { cause: new Error('why') }));
    const lost = { ...LOST, message: 'why', mayHaveBeenApplied: false };
    await expect(connection.commit([COMMAND])).rejects.toMatchObject(lost);
    await expect(connection.exchange([COMMAND])).rejects.toMatchObject(lost);
  });

  it('sends nothing where its socket is gone before it has noticed', async () => {
    const connection = await connect();
    connection.redis.stream.destroy();
    await expect(connection.commit([COMMAND])).rejects.toMatchObject({ ...LOST, mayHaveBeenApplied: false });
  });

  it('tells of its end once, and at once where it has ended', async () => {
    const connection = await connect();
    const told = vi.fn();
    connection.onEnd(told);
    for (const reason of ['first', 'second']) connection.end(new Setback('lost', { cause: new Error(reason) }));
    expect(told).toHaveBeenCalledOnce();
    const late = vi.fn();
    connection.onEnd(late);
    expect(late).toHaveBeenCalledOnce();
  });

  it('holds what was sent in doubt where a transaction took place, but not all of it', async () => {
    const network = await setting.network();
    const connection = await connect(network.port);
    network.onReply = () => ({ text: '+OK\r\n+QUEUED\r\n+QUEUED\r\n*2\r\n+OK\r\n-NOPERM no channel\r\n' });
    const outcome = connection.commit([COMMAND, ['publish', 'channel', '1']]);
    await expect(outcome).rejects.toMatchObject({
      kind: 'refused',
      mayHaveBeenApplied: true,
      message: 'NOPERM no channel',
    });
  });
});
