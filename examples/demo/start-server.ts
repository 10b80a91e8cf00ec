import type { Health } from './server.js';
import { firstWord, startProcess } from './start-process.js';

export type RunningServer = Awaited<ReturnType<typeof startServer>>;

/** Starts a server process on a free port. It ends when told to stop, and with this process. */
export async function startServer(pace: number) {
  const child = startProcess(new URL('server.ts', import.meta.url), [pace]);
  const url = `http://127.0.0.1:${await firstWord(child)}`;
  return {
    url,
    become: (health: Health) => child.send(health),
    /** How many requests have reached it, as it counted them itself. */
    load: async () => Number(await (await fetch(`${url}/load`)).text()),
    stop: () => child.kill(),
  };
}
