import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Health } from './server.js';

export type RunningServer = Awaited<ReturnType<typeof startServer>>;

/** Starts a server process on a free port. It ends when told to stop, and with this process. */
export async function startServer(pace: number) {
  const child = fork(fileURLToPath(new URL('server.ts', import.meta.url)), [String(pace)]);
  const [port] = (await once(child, 'message')) as [number];
  const url = `http://127.0.0.1:${port}`;
  return {
    url,
    become: (health: Health) => child.send(health),
    /** How many requests have reached it, as it counted them itself. */
    load: async () => Number(await (await fetch(`${url}/load`)).text()),
    stop: () => child.kill(),
  };
}
