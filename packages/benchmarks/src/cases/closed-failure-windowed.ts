import type { Contender } from '../measure/contender.js';
import type { Demands, Peer, Trip } from '../peers/peer.js';
import { peers } from '../peers/peers.js';
import type { Case } from './case.js';
import { CALLS } from './renewed.js';
import { repeatFailing } from './repeat.js';
import { Wire } from './wire.js';

/** Longer than the benchmark, so that nothing drops out of the window while it is measured. */
const window: Trip = { kind: 'rate', share: 0.5, windowMs: 600_000, minimumCalls: 20 };
const demands: Demands = { trip: window, staysClosed: true, resetTimeoutMs: 60_000 };

/** What a failure costs with so many calls in the window of time. */
export function closedFailureWindowed(calls: number): Case {
  return {
    id: `closed-failure-windowed-${calls}`,
    title: `closed, failure; ${calls.toLocaleString('en')} calls in its window of time`,
    ...(calls > FRESH && { roundsShare: 0.5 }),
    contenders: async () => peers.filter((peer) => canDoIt(peer)).map((peer) => new WindowedFailure(peer, calls)),
  };
}

/** Up to so many calls the window is filled anew for every sample: those that are measured would be many among them. */
const FRESH = 1_000;

function canDoIt(peer: Peer): boolean {
  const guarded = peer.guard(new Wire().call, demands);
  guarded?.dispose();
  return guarded !== undefined;
}

class WindowedFailure implements Contender {
  readonly name: string;
  readonly most = CALLS;
  #wire = new Wire();
  #guarded: ReturnType<Peer['guard']> = undefined;

  constructor(
    readonly peer: Peer,
    readonly calls: number,
  ) {
    this.name = peer.name;
  }

  async prepare(): Promise<void> {
    if (this.#guarded !== undefined && this.calls > FRESH) return;
    this.dispose();
    this.#wire = new Wire();
    this.#guarded = this.peer.guard(this.#wire.call, demands);
    const calls = Math.min(this.calls, this.peer.remembersAtMost ?? this.calls);
    for (let i = 0; i < calls; i++) await this.#guarded?.call();
    this.#wire.isDown = true;
  }

  async run(times: number): Promise<void> {
    if (this.#guarded !== undefined) await repeatFailing(this.#guarded.call)(times);
  }

  dispose(): void {
    this.#guarded?.dispose();
  }
}
