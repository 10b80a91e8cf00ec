import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { createServer } from 'node:tls';

const [cert, key] = ['certificate', 'key'].map((name) => readFileSync(new URL(`./${name}.pem`, import.meta.url)));

/** What a client must be told to trust the certificate of the tests: it is for localhost, and signed by itself. */
export const TRUST = { ca: cert as Buffer };

/** Speaks TLS before a server that does not: not every build of Redis can. */
export async function startTlsFront(target: number): Promise<{ readonly port: number; stop(): Promise<void> }> {
  const sockets = new Set<Socket>();
  const front = createServer({ cert, key }, (client) => {
    const server = connect(target, '127.0.0.1');
    for (const [from, to] of [
      [client, server],
      [server, client],
    ] as const) {
      sockets.add(from);
      from.setNoDelay(true);
      from.on('error', () => undefined);
      from.on('close', () => {
        sockets.delete(from);
        to.destroy();
      });
      from.pipe(to);
    }
  });
  front.listen(0, '127.0.0.1');
  await once(front, 'listening');
  return {
    port: (front.address() as AddressInfo).port,
    async stop() {
      for (const socket of sockets) socket.destroy();
      front.close();
      await once(front, 'close');
    },
  };
}
