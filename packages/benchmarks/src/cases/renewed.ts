import type { Contender } from '../measure/contender.js';

type Made = Pick<Contender, 'run' | 'dispose'>;

/** So many calls are measured before a breaker is replaced: enough that the first ones, which find cold caches, hardly count. */
export const CALLS = 200;

/** A contender that is made anew for every sample: else the windows of some would fill with the calls that are measured. */
export function renewed(name: string, make: () => Made): Contender {
  let made = make();
  return {
    name,
    most: CALLS,
    async prepare() {
      made.dispose();
      made = make();
    },
    run: (times) => made.run(times),
    dispose: () => made.dispose(),
  };
}
