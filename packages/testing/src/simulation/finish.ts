import type { SimulatedProcess } from './simulated-process.js';
import { heal } from './take-step.js';
import type { Report } from './watcher.js';
import type { World } from './world.js';

const SECOND_MS = 1_000;
/** A poll, or the longest pause between two attempts to reach a storage, with what chance adds to it. */
const IN_STEP_AFTER_SECONDS = 15;
const MOST_ROUNDS = 60;
/** What an open circuit is left alone for beyond its time, and a message's way. */
const BEYOND_MS = 250;
const MOST_SECONDS_OF_A_CALL = 120;
const IDLE_MS = 60_000;

/**
 * The end of every run: faults stop, the dependency is well, and everything must come right by itself. Checks the invariants 8 (all
 * views equal the record), 6 (time and successful calls lead back to closed), 10 (an idle breaker falls silent) and 12
 * (nothing is left after `dispose()`).
 */
export async function finish(world: World, report: Report): Promise<void> {
  await heal(world);
  world.setHealth(true, undefined);
  await getInStep(world);
  mustBeInStep(world, report);
  await liftRulings(world);
  await mustClose(world, report);
  await mustAnswer(world, report);
  await getInStep(world);
  mustBeInStep(world, report);
  await mustFallSilent(world, report);
  await mustLeaveNothing(world, report);
}

async function getInStep(world: World): Promise<void> {
  for (let second = 0; second < IN_STEP_AFTER_SECONDS; second++) {
    // A breaker that nobody looks at need not follow.
    for (const { breaker } of world.places) breaker.snapshot();
    await pass(world, SECOND_MS);
  }
}

function mustBeInStep(world: World, report: Report): void {
  const { stored } = world;
  for (const { name, breaker } of world.places) {
    const { degraded, scope, state, epoch } = breaker.snapshot();
    if (degraded) report(8, `${name} is still degraded`);
    const isFleetClosed = stored === undefined || stored.state === 'closed';
    if (isFleetClosed ? scope === 'fleet' && state !== 'closed' : state !== stored.state || epoch !== stored.epoch) {
      const kept = stored === undefined ? 'nothing' : `${stored.state} ${stored.epoch}`;
      report(8, `${name} shows ${state} ${epoch} of the ${scope}, but stored is ${kept}`);
    }
  }
}

async function liftRulings(world: World): Promise<void> {
  const { state } = world.stored ?? { state: 'closed' };
  if (state !== 'isolated' && state !== 'disabled') return;
  world.place(0).rule('close');
  await pass(world, SECOND_MS);
}

async function mustClose(world: World, report: Report): Promise<void> {
  for (let round = 0; round < MOST_ROUNDS; round++) {
    if (world.places.every(isClosed) && (world.stored?.state ?? 'closed') === 'closed') return;
    for (const process of world.places) process.call('plain', 1);
    const leftMs = Math.max(...world.places.map(({ breaker }) => breaker.snapshot().retryAfterMs ?? 0));
    if (leftMs > longestLeftMs(world))
      return report(6, `it is still open for ${leftMs} ms, longer than it was opened for`);
    await pass(world, leftMs + BEYOND_MS);
  }
  const states = world.places.map(({ breaker }) => breaker.state).join(', ');
  report(6, `time and successful calls did not close it: stored is ${world.stored?.state}, shown are ${states}`);
}

/** What may be left of open, also where the storage's clock went back: a second of that is not noticed. */
function longestLeftMs({ stored }: World): number {
  if (stored?.state !== 'open') return Number.POSITIVE_INFINITY;
  return stored.openUntilAt - stored.changedAt + SECOND_MS + BEYOND_MS;
}

function isClosed({ breaker }: SimulatedProcess): boolean {
  return breaker.state === 'closed';
}

async function mustAnswer(world: World, report: Report): Promise<void> {
  const alive = world.processes.filter(({ gate }) => !gate.isDead);
  const areAllAnswered = () => alive.every(({ calls }) => calls.every(({ result }) => result !== undefined));
  for (let second = 0; second < MOST_SECONDS_OF_A_CALL && !areAllAnswered(); second++) await pass(world, SECOND_MS);
  if (!areAllAnswered()) report(12, 'a call was never answered');
}

async function mustFallSilent(world: World, report: Report): Promise<void> {
  await pass(world, IDLE_MS);
  for (const { name, clock } of world.places) {
    if (clock.pending > 0) report(10, `${name} is idle, and still has ${clock.pending} timers`);
  }
}

async function mustLeaveNothing(world: World, report: Report): Promise<void> {
  for (const process of world.places) process.dispose();
  await pass(world, 2 * SECOND_MS);
  for (const { name, gate, clock, link, waitingFor } of world.processes) {
    if (gate.isDead) continue;
    if (clock.pending > 0) report(12, `${name} left ${clock.pending} timers`);
    if (link.subscriptions > 0) report(12, `${name} left ${link.subscriptions} subscriptions`);
    const [promise] = waitingFor;
    if (promise !== undefined) report(12, `${name} never settled a ${promise.what}()`);
  }
}

async function pass(world: World, ms: number): Promise<void> {
  await world.clock.advanceAsync(ms);
  world.stepped();
}
