import { breaker, guardBy, optionsFor } from '../peers/breaker.js';
import { HELD_MS, holdTimers } from '../peers/held-timers.js';
import type { Demands, Peer } from '../peers/peer.js';
import { peers } from '../peers/peers.js';
import type { Case } from './case.js';
import { guarded } from './guarded.js';
import { renewed } from './renewed.js';
import { Wire } from './wire.js';

/** A failure that trips, and a trial that closes again; the open time is over at once. */
export const halfOpenCycle: Case = {
  id: 'half-open-cycle',
  title: 'a failure that trips, a trial that closes',
  contenders: async () => peersOfCycle.map((peer) => renewed(peer.name, () => cycling(peer))),
};

/** As all others do, it gives the caller whose failure trips what that call failed with, and no error that tells of the trip. */
const tellingNothing: Peer = {
  ...breaker,
  name: `${breaker.name}, original errors`,
  guard: (call, demands) => guardBy(call, { ...optionsFor(demands), throwNewErrorOnTrip: false }),
};

const peersOfCycle = peers.flatMap((peer) => (peer === breaker ? [peer, tellingNothing] : [peer]));

function cycling(peer: Peer) {
  const wire = new Wire();
  const demands: Demands = {
    trip: { kind: 'consecutive', failures: 1 },
    resetTimeoutMs: peer.reopensByTimer ? HELD_MS : 0,
  };
  const { call, dispose } = guarded(peer, wire.call, demands);
  const run = async (times: number): Promise<void> => {
    const timers = holdTimers();
    const before = wire.reached;
    try {
      for (let i = 0; i < times; i++) {
        wire.isDown = true;
        try {
          await call();
        } catch {}
        timers.pass();
        wire.isDown = false;
        await call();
      }
    } finally {
      timers.release();
    }
    if (wire.reached - before !== 2 * times) throw new Error(`${peer.name} has not made every call`);
  };
  return { run, dispose };
}
