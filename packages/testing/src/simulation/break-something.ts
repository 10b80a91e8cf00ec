import type { FaultStep, ProcessFaultKind, StorageFaultKind } from './fault-kind.js';
import type { SimulatedProcess } from './simulated-process.js';
import type { World } from './world.js';

const DRIFT = 0.001;
const LOSS_SHARE = 0.25;

const PROCESS_FAULTS: Readonly<Record<ProcessFaultKind, (process: SimulatedProcess, ms: number) => void>> = {
  crash: (process) => process.crash(),
  suspend: (process) => process.suspend(),
  partition: ({ link }) => link.faults.set({ isCut: true }),
  latency: ({ link }, latencyMs) => link.faults.set({ latencyMs }),
  loss: ({ link }) => link.faults.set({ lossShare: LOSS_SHARE }),
  'drop-pushes': ({ link }) => link.faults.set({ isDroppingPushes: true }),
  'duplicate-pushes': ({ link }) => link.faults.set({ isDuplicatingPushes: true }),
  'reorder-pushes': ({ link }, reorderMs) => link.faults.set({ reorderMs }),
  'process-clock': ({ clock }, ms) => clock.step(ms),
  drift: ({ clock }, ms) => clock.drift(1 + Math.sign(ms) * DRIFT),
};

const STORAGE_FAULTS: Readonly<Record<StorageFaultKind, (world: World, amount: number) => void>> = {
  outage: ({ places }) => places.forEach(({ link }) => void link.faults.set({ isRefusing: true })),
  hang: ({ places }) => places.forEach(({ link }) => void link.faults.set({ isHanging: true })),
  forget: (world) => world.forget(),
  'lose-writes': (world, writes) => world.loseWrites(writes),
  'storage-clock': (world, ms) => world.stepStorageClock(ms),
  garbage: (world) => world.scribble(),
};

/** Lets something go wrong, until a heal. */
export function breakSomething(world: World, step: FaultStep): void {
  world.upset();
  if ('process' in step) PROCESS_FAULTS[step.fault](world.place(step.process), step.ms ?? 0);
  else STORAGE_FAULTS[step.fault](world, step.amount ?? 1);
}
