import { inChildWith } from '../measure/in-child.js';
import type { Footprint } from './footprint.js';

/** One thread, so that the optimiser is done at the same call every time; and a nursery that no sample fills. */
const flags = ['--expose-gc', '--single-threaded', '--min-semi-space-size=64', '--max-semi-space-size=64'];

export function measureFootprint(): Promise<Footprint> {
  return inChildWith<Footprint>(flags, 'footprint');
}
