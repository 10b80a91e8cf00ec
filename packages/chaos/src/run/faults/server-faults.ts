import type { ServerForTests } from '@breaker/redis-server-for-tests';
import type { FaultKind, Scene } from '../fault.js';

/** Nothing listens there. */
const NOWHERE = ['127.0.0.1', 1] as const;

/** Faults of the server that keeps the record, which it has to mend by itself: nobody takes its place. */
export const SERVER_FAULTS: readonly FaultKind[] = [
  ofMaster(
    'freeze-server',
    { on: ['single'] },
    {
      begin: (server) => server.freeze(),
      end: (server) => server.thaw(),
    },
  ),
  ofMaster(
    'restart-server',
    { on: ['single'], losesMemory: true },
    {
      begin: (server) => server.kill(),
      end: (server) => server.restart(),
    },
  ),
  ofMaster(
    'read-only',
    { on: ['single'] },
    {
      begin: (server) => server.command('REPLICAOF', ...NOWHERE),
      end: (server) => server.command('REPLICAOF', 'NO', 'ONE'),
    },
  ),
  ofMaster(
    'no-permission',
    { on: ['single'] },
    {
      begin: (server) => server.command('ACL', 'SETUSER', 'default', '-set'),
      end: (server) => server.command('ACL', 'SETUSER', 'default', '+set'),
    },
  ),
  ofMaster(
    'out-of-memory',
    {},
    {
      begin: (server) => server.command('CONFIG', 'SET', 'maxmemory', 1),
      end: (server) => server.command('CONFIG', 'SET', 'maxmemory', 0),
    },
  ),
  ofMaster(
    'kill-connections',
    {},
    {
      begin: (server, { dice }) =>
        server.command('CLIENT', 'KILL', 'TYPE', dice.pick(['normal', 'pubsub']), 'SKIPME', 'yes'),
      end: () => undefined,
    },
  ),
];

interface Doing {
  begin(server: ServerForTests, scene: Scene): unknown;
  end(server: ServerForTests): unknown;
}

function ofMaster(name: string, facts: Partial<FaultKind>, { begin, end }: Doing): FaultKind {
  return {
    name,
    concernsServer: true,
    losesMemory: false,
    ...facts,
    async aim(scene) {
      const server = await scene.fleet.master();
      return { target: `server ${server.port}`, begin: () => begin(server, scene), end: () => end(server) };
    },
  };
}
