import { createServer, type Server } from 'node:net';

/** A Cluster's servers talk to each other on a port 10 000 above their own. */
const BUS_OFFSET = 10_000;
/** From 32 768 on, systems lend ports to whoever connects: one that was free may be taken when the server wants it. */
const LOWEST = 10_000;
const HIGHEST = 32_767;

const given = new Set<number>();

/** Finds a port of the loopback interface that is free, as is the one that a Cluster's server would need besides. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = LOWEST + Math.floor(Math.random() * (HIGHEST - BUS_OFFSET - LOWEST));
    if (given.has(port)) continue;
    given.add(port);
    if ((await isFree(port)) && (await isFree(port + BUS_OFFSET))) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server: Server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
