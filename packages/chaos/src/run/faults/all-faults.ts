import type { ServersKind } from '../../servers/servers.js';
import type { FaultKind } from '../fault.js';
import { DATA_FAULTS } from './data-faults.js';
import { FAIL_OVERS } from './fail-overs.js';
import { NETWORK_FAULTS } from './network-faults.js';
import { PROCESS_FAULTS } from './process-faults.js';
import { SERVER_FAULTS } from './server-faults.js';

const ALL: readonly FaultKind[] = [
  ...PROCESS_FAULTS,
  ...NETWORK_FAULTS,
  ...SERVER_FAULTS,
  ...DATA_FAULTS,
  ...FAIL_OVERS,
];

/** The faults that can happen on these servers. */
export function faultsOn(kind: ServersKind): readonly FaultKind[] {
  return ALL.filter(({ on }) => on === undefined || on.includes(kind));
}
