import { inChild } from '../measure/in-child.js';
import { bare } from '../peers/bare.js';
import { libraries } from '../peers/peers.js';
import { thenFloor } from '../peers/then-floor.js';

export interface PendingCost {
  readonly name: string;
  /** Bytes of one pending call, more than a bare one takes. */
  readonly bytes: number;
}

export async function weighPendingCalls(count: number): Promise<PendingCost[]> {
  const weigh = async (name: string) => (await inChild<{ bytes: number }>('pending-calls', name, String(count))).bytes;
  const bareBytes = await weigh(bare.name);
  const costs: PendingCost[] = [];
  for (const { name } of [thenFloor, ...libraries]) {
    costs.push({ name, bytes: Math.round((await weigh(name)) - bareBytes) });
  }
  return costs;
}
