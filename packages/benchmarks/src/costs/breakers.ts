import { inChild } from '../measure/in-child.js';
import { libraries } from '../peers/peers.js';

/** What one of many breakers costs while nothing is called. */
export interface BreakerCost {
  readonly name: string;
  readonly trip: string;
  /** Bytes, as made. */
  readonly heap: number;
  /** Bytes, after its first call. */
  readonly heapOnceCalled: number;
  readonly timers: number;
  /** The share of a core that all of them together keep busy. */
  readonly busy: number;
}

/** Those that weigh more with a window of time than without one. */
const windowedLibraries = libraries.filter(({ name }) => ['@breaker/core', 'cockatiel'].includes(name));

/** One process each, so that nobody's heap is in another's way. */
export async function weighBreakers(count: number, idleMs: number): Promise<BreakerCost[]> {
  const asked = [
    { name: 'defaults', trip: 'consecutive' },
    ...libraries.map(({ name }) => ({ name, trip: 'consecutive' })),
    ...windowedLibraries.map(({ name }) => ({ name, trip: 'windowed' })),
  ];
  const costs: BreakerCost[] = [];
  for (const { name, trip } of asked) {
    const cost = await inChild<Omit<BreakerCost, 'name' | 'trip'>>(
      'breakers',
      name,
      trip,
      String(count),
      String(idleMs),
    );
    costs.push({ name: name === 'defaults' ? '@breaker/core, no options' : name, trip, ...cost });
  }
  return costs;
}
