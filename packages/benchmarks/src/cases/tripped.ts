import type { Demands, Guarded, Peer } from '../peers/peer.js';
import { guarded } from './guarded.js';
import { Wire } from './wire.js';

/**
 * A circuit that failing calls have opened.
 *
 * @throws Error where it does not open: a benchmark of what does not do its job is none
 */
export async function tripped(peer: Peer, demands: Demands): Promise<Guarded> {
  const wire = new Wire();
  const circuit = guarded(peer, wire.call, demands);
  wire.isDown = true;
  for (let calls = 1; calls <= 100; calls++) {
    await circuit.call().catch(() => undefined);
    if (wire.reached < calls) return circuit;
  }
  throw new Error(`${peer.name} has not opened after 100 failures`);
}
