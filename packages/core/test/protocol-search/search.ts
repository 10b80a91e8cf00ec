import type { Bounds } from './bounds.js';
import { brokenBy } from './invariants.js';
import { keyOf } from './key.js';
import { brokenFrom } from './liveness.js';
import { type Protocol, REAL_PROTOCOL } from './protocol.js';
import { describeStep, type Step } from './step.js';
import { stepsFrom } from './steps.js';
import { NEVER, type Rarity, type Spent, type World } from './world.js';

export interface SearchResult {
  /** How many states were reached. */
  readonly states: number;
  /** How often each thing happened. */
  readonly deeds: ReadonlyMap<string, number>;
  /** How often things happened at most that happen only so often. */
  readonly rarities: Spent;
  /** The first invariant found broken, and the shortest way there. */
  readonly violation: Violation | undefined;
}

interface Violation {
  readonly invariant: string;
  readonly trace: readonly string[];
}

const RARITIES = Object.keys(NEVER) as Rarity[];

/** A state, and how it was reached. */
interface Found {
  readonly world: World;
  readonly from: Found | undefined;
  readonly by: Step | undefined;
}

/** Goes through all states that can be reached within the bounds, those nearest the beginning first. */
export function search(bounds: Bounds, protocol: Protocol = REAL_PROTOCOL): SearchResult {
  const found: Found[] = [{ world: bounds.start, from: undefined, by: undefined }];
  const known = new Set([keyOf(bounds.start)]);
  const settled = new Set<string>();
  const deeds = new Map<string, number>();
  for (const here of found) {
    const wedge = brokenFrom(here.world, bounds, protocol, settled);
    if (wedge !== undefined) return result({ invariant: wedge, trace: traceOf(here) });
    for (const step of stepsFrom(here.world, bounds, protocol)) {
      const there = { world: step.after, from: here, by: step };
      const invariant = brokenBy(step, bounds);
      if (invariant !== undefined) return result({ invariant, trace: traceOf(there) });
      deeds.set(step.deed, (deeds.get(step.deed) ?? 0) + 1);
      const key = keyOf(step.after);
      if (known.has(key)) continue;
      known.add(key);
      found.push(there);
    }
  }
  return result(undefined);

  function result(violation: Violation | undefined): SearchResult {
    return { states: found.length, deeds, rarities: mostSpent(found), violation };
  }
}

function mostSpent(found: readonly Found[]): Spent {
  const most: Record<Rarity, number> = { ...NEVER };
  for (const { world } of found)
    for (const rarity of RARITIES) most[rarity] = Math.max(most[rarity], world.spent[rarity]);
  return most;
}

function traceOf({ from, by }: Found): readonly string[] {
  return from === undefined || by === undefined ? [] : [...traceOf(from), describeStep(by)];
}
