import type { SimulatedCall } from './simulated-call.js';
import type { CallsStep } from './simulation-step.js';
import type { World } from './world.js';

/** Makes a call through the breaker of its process, and notes when it begins to run and how it ends. */
export function makeCall(world: World, call: SimulatedCall, way: CallsStep['way'], lastsMs: number): void {
  if (way === 'sync') makeSync(world, call);
  else makeAsync(world, call, way, lastsMs);
}

function makeSync(world: World, call: SimulatedCall): void {
  const { breaker, index } = call.process;
  try {
    const value = breaker.executeSync(() => {
      start(world, call);
      if (!world.isUpFor(index)) throw call.error;
      return call;
    });
    call.resolve(world.now, value);
  } catch (error) {
    call.reject(world.now, error);
  }
  world.settled(call);
}

function makeAsync(world: World, call: SimulatedCall, way: CallsStep['way'], lastsMs: number): void {
  const { breaker } = call.process;
  const caller = new AbortController();
  if (way === 'aborted') later(world, call, lastsMs / 2, () => caller.abort(call.abortion));
  const run = ({ signal }: { readonly signal?: AbortSignal }) => {
    start(world, call);
    return askDependency(world, call, lastsMs, signal);
  };
  const promise = way === 'plain' ? breaker.execute(() => run({})) : breaker.execute(run, { signal: caller.signal });
  promise
    .then(
      (value) => call.resolve(world.now, value),
      (error) => call.reject(world.now, error),
    )
    .then(() => world.settled(call));
}

function askDependency(
  world: World,
  call: SimulatedCall,
  lastsMs: number,
  signal: AbortSignal | undefined,
): Promise<SimulatedCall> {
  return new Promise((resolve, reject) => {
    signal?.addEventListener('abort', () => reject(signal.reason));
    later(world, call, lastsMs, () => {
      if (world.isUpFor(call.process.index)) resolve(call);
      else reject(call.error);
    });
  });
}

function later(world: World, { process }: SimulatedCall, ms: number, run: () => void): void {
  world.clock.setTimeout(() => process.gate.news(run), ms);
}

function start(world: World, call: SimulatedCall): void {
  call.startedAt = world.now;
  const { scope, state, degraded } = call.process.breaker.snapshot();
  call.scope = scope;
  call.isTrialOfFleet = scope === 'fleet' && state === 'half-open' && !degraded;
  world.started(call);
}
