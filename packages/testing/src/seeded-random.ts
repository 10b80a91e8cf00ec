import { checkInteger } from './check.js';

/**
 * Gives chance that can be repeated, for a breaker's option `random`: the same seed gives the same numbers, from 0 up to 1.
 *
 * Mulberry32 by Tommy Ettinger, in the public domain.
 *
 * @param seed - an integer, of which the lower 32 bits count
 */
export function seededRandom(seed: number): () => number {
  checkInteger('seed', seed);
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
