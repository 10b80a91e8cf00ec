import type { Demands, Trip } from '../peers/peer.js';

const MINUTE = 60_000;

/** Five failures in a row. */
const consecutive: Trip = { kind: 'consecutive', failures: 5 };

/** Half of the calls within ten seconds, and at least twenty. */
export const windowed: Trip = { kind: 'rate', share: 0.5, windowMs: 10_000, minimumCalls: 20 };

/** What nobody asks more than. */
export const plain: Demands = { trip: consecutive, resetTimeoutMs: MINUTE };
