export { type ClusterForTests, startCluster } from './cluster.js';
export { findServerProgram } from './find-server-program.js';
export { freePort } from './free-port.js';
export { Network } from './network.js';
export { paceOfMachine } from './pace.js';
export { type SentinelsForTests, startSentinels } from './sentinels.js';
export { type ServerForTests, startServer } from './server.js';
export { until } from './until.js';
