export { Fleet } from './fleet/fleet.js';
export { type FleetSettings, SHORT_TIMES } from './fleet/fleet-settings.js';
export { Member } from './fleet/member.js';
export type { HistoryEvent } from './history/history-event.js';
export type { Dependency } from './member/dependency.js';
export type { BreakerSettings } from './member/member-settings.js';
export type { Ruling } from './member/order.js';
export { MemberNetwork } from './servers/member-network.js';
export { cluster, type Servers, type ServersKind, sentinel, single, startServers } from './servers/servers.js';
