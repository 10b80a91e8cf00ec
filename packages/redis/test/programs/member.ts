import { CircuitBreaker } from '@breaker/core';
import { Redis } from 'ioredis';
import { RedisStorage } from '../../src/index.js';

/** What the dependency does to the calls of this process; `unused`: it makes none. */
export type Dependency = 'up' | 'down' | 'hanging' | 'unused';

/** What a process tells: what its breaker shows, and whether a call has been let through as a trial. */
export type News =
  | { readonly type: 'state'; readonly state: string; readonly scope: string }
  | { readonly type: 'trial' }
  | { readonly type: 'degraded' };

const PAUSE_MS = 5;

// Makes a call now and then through a circuit that it shares with other processes, until it is killed.
const [port = ''] = process.argv.slice(2);
let dependency = 'up' as Dependency;
process.on('message', (message) => {
  dependency = message as Dependency;
});
process.on('disconnect', () => process.exit());

const tell = (news: News) => process.send?.(news);
const breaker = new CircuitBreaker('payments', {
  storage: new RedisStorage(new Redis({ port: Number(port), host: '127.0.0.1', lazyConnect: true }), {
    namespace: 'tests',
  }),
  resetTimeoutMs: 300,
  trialTimeoutMs: 1_000,
  listeners: [
    {
      onStateChange: ({ to, scope }) => tell({ type: 'state', state: to, scope }),
      onStorageDegraded: () => tell({ type: 'degraded' }),
      onBeforeCall: ({ trial }) => trial && tell({ type: 'trial' }),
    },
  ],
});
await breaker.ready();
tell({ type: 'state', state: breaker.state, scope: breaker.snapshot().scope });

for (;;) {
  if (dependency !== 'unused') await breaker.execute(callDependency).catch(() => undefined);
  await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
}

async function callDependency(): Promise<void> {
  if (dependency === 'down') throw new Error('down');
  if (dependency === 'hanging') await new Promise(() => undefined);
}
