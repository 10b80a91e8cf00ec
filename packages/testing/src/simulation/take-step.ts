import { breakSomething } from './break-something.js';
import { changeable } from './simulation-options.js';
import type { ProcessStep, SimulationStep } from './simulation-step.js';
import type { World } from './world.js';

/** Makes one step, and lets happen what it causes at once. What cannot be (a call of a process that has crashed) is passed over. */
export async function takeStep(world: World, step: SimulationStep): Promise<void> {
  switch (step.action) {
    case 'time':
      break;
    case 'health':
      world.setHealth(step.isUp, step.process);
      break;
    case 'fault':
      breakSomething(world, step);
      break;
    case 'heal':
      await heal(world, step.process);
      break;
    default:
      if (world.place(step.process).isRunning) act(world, step);
  }
  await world.clock.advanceAsync(step.action === 'time' ? step.ms : 0);
}

/** Ends what is out of order: with one process, or with all and the storage. */
export async function heal(world: World, index?: number): Promise<void> {
  if (index === undefined) world.unscribble();
  for (const process of world.places.filter((each) => index === undefined || each.index === index)) {
    if (process.gate.isDead) world.remake(process.index, {});
    else await process.recover();
  }
  if (index === undefined) world.calmDown();
}

function act(world: World, step: ProcessStep): void {
  const process = world.place(step.process);
  switch (step.action) {
    case 'calls':
      for (let time = 0; time < step.times; time++) process.call(step.way, step.lastsMs);
      break;
    case 'ruling':
      process.rule(step.ruling);
      break;
    case 'flush':
      process.flush();
      break;
    case 'configure':
      process.configure(changeable(process.breaker.options, step.options));
      break;
    case 'remake':
      process.dispose();
      world.remake(step.process, step.options ?? {});
      break;
  }
}
