import type { FaultKind } from '../fault.js';

const GARBAGE = ['not JSON', '{"schema":1,"epoch":"one"}', '{"schema":99}', '[]', ''];

/** Something happens to the record itself. */
export const DATA_FAULTS: readonly FaultKind[] = [
  {
    name: 'flushall',
    concernsServer: true,
    losesMemory: true,
    async aim({ fleet }) {
      const server = await fleet.master();
      return { target: `server ${server.port}`, begin: () => server.command('FLUSHALL'), end: () => undefined };
    },
  },
  {
    name: 'delete-record',
    concernsServer: true,
    losesMemory: true,
    async aim({ fleet }) {
      const server = await fleet.master();
      return { target: fleet.key, begin: () => server.command('DEL', fleet.key), end: () => undefined };
    },
  },
  {
    name: 'corrupt-record',
    concernsServer: true,
    losesMemory: true,
    async aim({ fleet, dice }) {
      const text = dice.pick(GARBAGE);
      const write = async () => (await fleet.master()).command('SET', fleet.key, text);
      const remove = async () => (await fleet.master()).command('DEL', fleet.key);
      return { target: fleet.key, begin: write, end: remove };
    },
  },
];
