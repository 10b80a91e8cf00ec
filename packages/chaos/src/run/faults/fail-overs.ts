import { type ServerForTests, until } from '@breaker/redis-server-for-tests';
import type { Fault, FaultKind, Scene } from '../fault.js';

const IN_STEP_WITHIN_MS = 30_000;
const GIVEN_UP_AFTER_MS = 6_000;
const MOST_ORDERS = 4;

/** Another server takes the place of the one that keeps the record. Writes that it had not passed on are lost. */
export const FAIL_OVERS: readonly FaultKind[] = [
  ofMaster('freeze-master', async (scene, master) => ({
    begin: () => master.freeze(),
    end: async () => {
      await untilAnotherLeads(scene, master);
      master.thaw();
    },
  })),
  ofMaster('kill-master', async (scene, master) => ({
    begin: () => master.kill(),
    end: async () => {
      await untilAnotherLeads(scene, master);
      await master.restart();
    },
  })),
  ofMaster('ordered-fail-over', async (scene, master) => ({
    begin: () => orderFailOver(scene, master),
    end: () => insistOnFailOver(scene, master),
  })),
];

function ofMaster(
  name: string,
  plan: (scene: Scene, master: ServerForTests) => Promise<Omit<Fault, 'target'>>,
): FaultKind {
  return {
    name,
    on: ['sentinel', 'cluster'],
    concernsServer: true,
    losesMemory: true,
    async aim(scene) {
      const master = await scene.fleet.master();
      const { begin, end } = await plan(scene, master);
      const mend = async () => {
        await end();
        await untilAllAreInStep(scene);
      };
      return { target: `server ${master.port}`, begin, end: mend };
    },
  };
}

/** What the servers are not ready for at the moment they refuse. */
async function orderFailOver({ servers }: Scene, master: ServerForTests): Promise<void> {
  const ordered =
    servers.kind === 'sentinel'
      ? servers.sentinels[0]?.command('SENTINEL', 'FAILOVER', servers.name)
      : (await replicaOf(servers.all, master)).command('CLUSTER', 'FAILOVER');
  await ordered?.catch(() => undefined);
}

/** A Cluster gives an ordered fail-over up where it does not come about within 5 s. */
async function insistOnFailOver(scene: Scene, master: ServerForTests): Promise<void> {
  for (let order = 1; order < MOST_ORDERS; order++) {
    try {
      return await untilAnotherLeads(scene, master, GIVEN_UP_AFTER_MS);
    } catch {
      await orderFailOver(scene, master);
    }
  }
  await untilAnotherLeads(scene, master);
}

async function replicaOf(servers: readonly ServerForTests[], master: ServerForTests): Promise<ServerForTests> {
  for (const server of servers) {
    const role = (await server.command('ROLE')) as readonly unknown[];
    if (role[0] === 'slave' && role[2] === master.port) return server;
  }
  throw new Error(`No server is a replica of the one on port ${master.port}`);
}

async function untilAnotherLeads({ fleet }: Scene, last: ServerForTests, withinMs = IN_STEP_WITHIN_MS): Promise<void> {
  await until('another server leads', async () => (await fleet.master()) !== last, withinMs);
}

/** Until then, one that has been asleep may still take itself for the master, or another one lack what it must be able to take over. */
async function untilAllAreInStep({ servers, fleet }: Scene): Promise<void> {
  await until(
    'all servers know who leads, and replicas have their links',
    async () => {
      const master = await fleet.master();
      const roles = await Promise.all(
        servers.all.map((server) => server.command('ROLE') as Promise<readonly unknown[]>),
      );
      const replicas = roles.filter(([role]) => role === 'slave');
      const areLinked = replicas.every(([, , , state]) => state === 'connected');
      const isFollowed = replicas.some(([, , port]) => port === master.port);
      return replicas.length === servers.all.length / 2 && areLinked && isFollowed;
    },
    IN_STEP_WITHIN_MS,
  );
}
