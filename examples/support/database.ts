import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';

/**
 * Stands in for PostgreSQL, which nobody has to install for an example: it speaks as much of the protocol as a client needs to insert
 * a value into a table whose values are unique.
 */
export async function startDatabase(): Promise<{ readonly port: number; stop(): void }> {
  const table = new Set<string>();
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket.on('error', () => {}));
    let received = Buffer.alloc(0);
    let hasStarted = false;
    let value = '';
    socket.on('data', (chunk) => {
      received = Buffer.concat([received, chunk]);
      for (;;) {
        const tag = hasStarted ? 1 : 0; // the first message has none
        if (received.length < tag + 4) return;
        const end = tag + received.readInt32BE(tag);
        if (received.length < end) return;
        const kind = hasStarted ? received.toString('latin1', 0, 1) : 'startup';
        if (kind === 'B') value = received.toString('utf8', 17, 17 + received.readInt32BE(13)); // no names, one value
        received = received.subarray(end);
        hasStarted = true;
        socket.write(answer(kind, value, table));
      }
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const stop = () => {
    server.close();
    for (const socket of sockets) socket.destroy();
  };
  return { port: (server.address() as AddressInfo).port, stop };
}

function answer(kind: string, value: string, table: Set<string>): Buffer {
  switch (kind) {
    case 'startup':
      return Buffer.concat([message('R', '\0\0\0\0'), message('Z', 'I')]); // let in, and ready
    case 'P':
      return message('1'); // the statement is parsed
    case 'B':
      return message('2'); // its value is bound
    case 'D':
      return message('n'); // it gives no rows
    case 'E':
      if (table.has(value)) return message('E', 'SERROR\0C23505\0Mduplicate key value\0\0');
      table.add(value);
      return message('C', 'INSERT 0 1\0');
    case 'S':
      return message('Z', 'I'); // ready for the next one
    default:
      return Buffer.alloc(0);
  }
}

function message(tag: string, content = ''): Buffer {
  const length = Buffer.alloc(4);
  length.writeInt32BE(4 + content.length);
  return Buffer.concat([Buffer.from(tag), length, Buffer.from(content, 'latin1')]);
}
