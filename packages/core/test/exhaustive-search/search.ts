import { hasSay } from '../../src/circuit/fence.js';
import { transition } from '../../src/circuit/transition.js';
import type { Bounds } from './bounds.js';
import { brokenBy } from './invariants.js';
import { firstWorld, stepsFrom } from './model.js';
import { leadsBack } from './no-wedge.js';
import { keyOf, normalize } from './normalize.js';
import { describeStep } from './step.js';
import type { RuleSet, World } from './world.js';

export const REAL_RULES: RuleSet = { transition, hasSay };
export const NO_WEDGE = 'from everywhere, time and successful calls alone lead back to closed';
export const PURITY = 'the rules throw nothing, and write to nothing';

export interface SearchResult {
  /** Every state that was reached. */
  readonly worlds: readonly World[];
  /** The first invariant found broken, and the shortest way there. */
  readonly violation: Violation | undefined;
}

interface Violation {
  readonly invariant: string;
  readonly trace: readonly string[];
}

/** A state, and how it was reached. */
interface Found {
  readonly world: World;
  readonly from: Found | undefined;
  readonly by: string;
}

/** Goes through all states that can be reached within the bounds, those nearest the beginning first. */
export function search(bounds: Bounds, rules: RuleSet = REAL_RULES): SearchResult {
  const first = normalize(firstWorld(bounds), bounds);
  const found: Found[] = [{ world: first, from: undefined, by: 'start' }];
  const known = new Set([keyOf(first)]);
  const circuits = new Set<string>();
  for (const here of found) {
    const { world } = here;
    if (isWedged(world, bounds, rules, circuits)) return result({ invariant: NO_WEDGE, trace: traceOf(here) });
    const steps = attempt(() => stepsFrom(world, bounds, rules));
    if (steps === undefined) return result({ invariant: PURITY, trace: traceOf(here) });
    for (const step of steps) {
      const invariant = brokenBy(step, bounds);
      if (invariant !== undefined) return result({ invariant, trace: [...traceOf(here), describeStep(step)] });
      const next = normalize(step.after, bounds);
      const key = keyOf(next);
      if (known.has(key)) continue;
      known.add(key);
      found.push({ world: next, from: here, by: describeStep(step) });
    }
  }
  return result(undefined);

  function result(violation: Violation | undefined): SearchResult {
    return { worlds: found.map(({ world }) => world), violation };
  }
}

/** The circuits are frozen: to write to one throws. */
function attempt<T>(run: () => T): T | undefined {
  try {
    return run();
  } catch {
    return undefined;
  }
}

/** Looks at every circuit once, whatever calls are in flight. */
function isWedged({ circuit, setting }: World, bounds: Bounds, rules: RuleSet, known: Set<string>): boolean {
  if (circuit.state === 'isolated' || circuit.state === 'disabled') return false;
  const key = `${setting} ${JSON.stringify(circuit)}`;
  if (known.has(key)) return false;
  known.add(key);
  return !leadsBack(circuit, setting, bounds, rules);
}

function traceOf(found: Found): readonly string[] {
  return found.from === undefined ? [found.by] : [...traceOf(found.from), found.by];
}
