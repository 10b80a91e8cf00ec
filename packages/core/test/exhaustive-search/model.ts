import type { Circuit } from '../../src/circuit/circuit.js';
import { closedCircuit } from '../../src/circuit/closed.js';
import type { CircuitEvent, Ruling } from '../../src/circuit/event.js';
import type { Rules } from '../../src/circuit/rules.js';
import { FAILURE, SUCCESS } from '../tallies.js';
import type { Bounds } from './bounds.js';
import { keyOfCall, normalize } from './normalize.js';
import { beginsEra, type End, type Happening, mayStillSpeak, type Step } from './step.js';
import { type Call, NOW, type RuleSet, TICK, type World } from './world.js';

const RULINGS: readonly Ruling['type'][] = ['open', 'half-open', 'isolate', 'disable', 'close'];
const ENDS: readonly End['type'][] = ['success', 'failure', 'ignore'];
const TRIAL_EVENTS = { success: 'trial-succeeded', failure: 'trial-failed', ignore: 'trial-ignored' } as const;

export function firstWorld({ model }: Bounds): World {
  return { circuit: closedCircuit(1, model.policy), calls: [], setting: 0, wins: 0, history: [] };
}

/** Everything that can happen next. */
export function stepsFrom(world: World, bounds: Bounds, ruleSet: RuleSet): readonly Step[] {
  const model = new Model(world, bounds, ruleSet);
  const { calls } = world;
  const distinct = calls.filter(
    (call, index) => index === 0 || keyOfCall(call) !== keyOfCall(calls[index - 1] as Call),
  );
  const trials = distinct.filter(({ leaseId }) => leaseId !== undefined);
  return [
    ...(calls.length < bounds.maxCalls ? [model.ask()] : []),
    ...distinct.flatMap((call) => ENDS.map((type) => model.end(call, type))),
    ...trials.flatMap((call) => [model.renew(call), model.release(call), model.vanish(call)]),
    ...RULINGS.map((ruling) => model.rule(ruling)),
    ...(bounds.rules.length > 1 ? [model.configure()] : []),
    model.tick(),
  ];
}

/** A world as the breaker would run it: it asks the rules just as the breaker does. */
class Model {
  readonly #rules: Rules;

  constructor(
    readonly world: World,
    readonly bounds: Bounds,
    readonly ruleSet: RuleSet,
  ) {
    this.#rules = bounds.rules[world.setting] as Rules;
  }

  ask(): Step {
    const { circuit, calls } = this.world;
    const lease = { id: 'asked', expiresAt: NOW + this.bounds.trialTimeoutMs };
    if (circuit.state === 'closed' || circuit.state === 'disabled') {
      const call = { epoch: circuit.epoch, leaseId: undefined, isOfThisEra: true };
      return this.#step({ type: 'ask', lease, passed: true }, circuit, circuit, [...calls, call]);
    }
    const after = this.#apply(circuit, { type: 'call', lease });
    const passed = after.state === 'half-open' && after.leases.some(({ id }) => id === lease.id);
    const step = this.#step({ type: 'ask', lease, passed }, circuit, after, calls);
    const call = { epoch: after.epoch, leaseId: lease.id, isOfThisEra: true };
    return passed ? { ...step, after: { ...step.after, calls: [...step.after.calls, call] } } : step;
  }

  end(call: Call, type: End['type']): Step {
    const before = this.#circuit();
    const isLate = !this.ruleSet.hasSay(before, call);
    const after = isLate ? before : this.#tell(before, call, type);
    const step = this.#step({ type, call, isLate }, before, after, this.#without(call));
    return mayStillSpeak(before, call) ? { ...step, after: this.#noting(step.after, call, type) } : step;
  }

  renew(call: Call): Step {
    const { circuit, calls } = this.world;
    const lease = { id: call.leaseId as string, expiresAt: NOW + this.bounds.trialTimeoutMs };
    const after = this.#apply(circuit, { type: 'trial-renewed', lease });
    return this.#step({ type: 'renew', call, lease }, circuit, after, calls);
  }

  release(call: Call): Step {
    const { circuit, calls } = this.world;
    const after = this.#apply(circuit, { type: 'trial-ignored', leaseId: call.leaseId as string });
    return this.#step({ type: 'release', call }, circuit, after, calls);
  }

  vanish(call: Call): Step {
    const { circuit } = this.world;
    return this.#step({ type: 'vanish', call }, circuit, circuit, this.#without(call));
  }

  rule(ruling: Ruling['type']): Step {
    const before = this.#circuit();
    return this.#step({ type: 'rule', ruling }, before, this.#apply(before, { type: ruling }), this.world.calls);
  }

  configure(): Step {
    const setting = (this.world.setting + 1) % this.bounds.rules.length;
    return { happening: { type: 'configure' }, before: this.world, after: { ...this.world, setting } };
  }

  tick(): Step {
    return { happening: { type: 'tick' }, before: this.world, after: normalize(this.world, this.bounds, TICK) };
  }

  #step(happening: Happening, before: Circuit, after: Circuit, calls: readonly Call[]): Step {
    const step = {
      happening,
      before: { ...this.world, circuit: before },
      after: { ...this.world, circuit: after, calls },
    };
    if (!beginsEra(step)) return step;
    const old = calls.map((call) => ({ ...call, isOfThisEra: false }));
    return { ...step, after: { ...step.after, calls: old, wins: 0, history: [] } };
  }

  #tell(before: Circuit, { leaseId }: Call, type: End['type']): Circuit {
    if (leaseId !== undefined) return this.#apply(before, { type: TRIAL_EVENTS[type], leaseId });
    if (type === 'ignore') return before;
    const after = this.#apply(before, { type: 'outcome', tally: type === 'success' ? SUCCESS : FAILURE });
    return type === 'success' ? after : this.#apply(after, { type: 'trip' });
  }

  #noting(after: World, { leaseId }: Call, type: End['type']): World {
    if (leaseId !== undefined)
      return after.circuit.state === 'half-open' && type === 'success' ? { ...after, wins: after.wins + 1 } : after;
    if (after.circuit.state !== 'closed' || type === 'ignore') return after;
    return { ...after, history: [...after.history, { failed: type === 'failure', ageMs: 0 }] };
  }

  #apply(circuit: Circuit, event: CircuitEvent): Circuit {
    return this.ruleSet.transition(circuit, event, NOW, this.#rules);
  }

  /** A copy where the policy may change its memory in place. */
  #circuit(): Circuit {
    const { circuit } = this.world;
    if (circuit.state !== 'closed') return circuit;
    return Object.freeze({ ...circuit, memory: JSON.parse(JSON.stringify(circuit.memory)) });
  }

  #without(call: Call): readonly Call[] {
    return this.world.calls.filter((other) => other !== call);
  }
}
