import type { Rules } from '../../src/circuit/rules.js';
import { inARow, inTime, ofTheLast, type PolicyModel } from './policy-model.js';
import { TICK } from './world.js';

/** How much of the world is searched. */
export interface Bounds {
  readonly name: string;
  readonly model: PolicyModel;
  /** The rules of each setting; with more than one, anybody may configure the breaker at any time. */
  readonly rules: readonly Rules[];
  readonly trialTimeoutMs: number;
  /** Calls in flight at once. */
  readonly maxCalls: number;
}

interface Setting {
  readonly maxTrials: number;
  readonly successThreshold: number;
}

function bounds(model: PolicyModel, resetTicks: number, maxCalls: number, ...settings: readonly Setting[]): Bounds {
  const shown = settings.map((setting) => `${setting.maxTrials} x ${setting.successThreshold}`).join(' or ');
  return {
    name: `${model.name}, ${shown}, ${resetTicks} ticks, ${maxCalls} calls`,
    model,
    rules: settings.map((setting) => ({
      ...setting,
      policy: model.policy,
      openForMs: (trips) => TICK * resetTicks * Math.min(trips, 2),
    })),
    trialTimeoutMs: 2 * TICK,
    maxCalls,
  };
}

const ONE_OF_ONE = { maxTrials: 1, successThreshold: 1 };
const TWO_OF_ONE = { maxTrials: 1, successThreshold: 2 };
const ONE_OF_TWO = { maxTrials: 2, successThreshold: 1 };
const TWO_OF_TWO = { maxTrials: 2, successThreshold: 2 };

export const ALL_BOUNDS: readonly Bounds[] = [inARow(2), ofTheLast(3, 0.5, 2), inTime(2, 2)].flatMap((model) => [
  bounds(model, 1, 2, ONE_OF_ONE),
  bounds(model, 1, 2, ONE_OF_ONE, TWO_OF_TWO),
  bounds(model, 2, 3, ONE_OF_ONE),
  bounds(model, 1, 3, TWO_OF_ONE),
  bounds(model, 2, 3, ONE_OF_TWO),
  bounds(model, 1, 3, TWO_OF_TWO),
  bounds(model, 2, 3, TWO_OF_TWO),
]);
