import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

// The server process. It is as well as its parent tells it to be, and counts the requests that reach it.

export type Health = 'healthy' | 'slow' | 'failing' | 'recovering' | 'refusing' | 'hanging' | 'warming';

const pace = Number(process.argv[2]);
let requests = 0;
let health: Health = 'healthy';
let healthSince = performance.now();
let recoveries = 0;

const ANSWERS: Record<Health, () => { status: number; afterMs: number } | undefined> = {
  healthy: () => ({ status: 200, afterMs: 20 * pace }),
  // Slower and slower.
  slow: () => ({ status: 200, afterMs: performance.now() - healthSince }),
  failing: () => ({ status: 503, afterMs: 250 * pace }),
  // One in four still fails, beginning with the first.
  recovering: () => ({ status: recoveries++ % 4 === 0 ? 503 : 200, afterMs: 50 * pace }),
  refusing: () => ({ status: 503, afterMs: 0 }),
  hanging: () => undefined,
  warming: () => ({ status: 200, afterMs: 330 * pace }),
};

const server = createServer((request, response) => {
  if (request.url === '/load') {
    response.end(String(requests));
    return;
  }
  requests++;
  const answer = ANSWERS[health]();
  if (answer === undefined) return;
  const { status, afterMs } = answer;
  const timer = setTimeout(() => response.writeHead(status).end(), afterMs);
  response.on('close', () => clearTimeout(timer));
});

server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));

process.on('message', (next: Health) => {
  health = next;
  healthSince = performance.now();
});

// When the parent is gone, however it went, so is the server. Ctrl-C is the parent's to hear.
process.on('disconnect', () => process.exit());
process.on('SIGINT', () => undefined);
