import { CircuitOpenError } from '@breaker/core';
import type { RunningServer } from '../start-server.js';

type Outcome = 'answered' | 'failed' | 'rejected';

/** One side of the comparison: calls as those who waited for them saw them, and a server's load as it counted itself. */
export class Side {
  readonly calls: { outcome: Outcome; endedAt: number; latencyMs: number }[] = [];
  waiting = 0;
  mostWaiting = 0;
  requests = 0;

  constructor(
    readonly server: RunningServer,
    readonly ask: (url: string) => Promise<number>,
  ) {}

  async call(): Promise<void> {
    const startedAt = performance.now();
    this.mostWaiting = Math.max(this.mostWaiting, ++this.waiting);
    const outcome = await this.ask(this.server.url).then(
      (status): Outcome => (status === 200 ? 'answered' : 'failed'),
      (error): Outcome => (error instanceof CircuitOpenError ? 'rejected' : 'failed'),
    );
    this.waiting--;
    const endedAt = performance.now();
    this.calls.push({ outcome, endedAt, latencyMs: endedAt - startedAt });
  }

  async measureLoad(): Promise<void> {
    this.requests = await this.server.load();
  }

  count(outcome: Outcome): number {
    return this.calls.filter((call) => call.outcome === outcome).length;
  }

  /** How long callers waited, all together, and got no answer. */
  wastedMs(): number {
    return this.calls.reduce((sum, call) => sum + (call.outcome === 'answered' ? 0 : call.latencyMs), 0);
  }

  /** What this share of the calls took at most, of those that ended since then. */
  latencyMs(share: number, since = 0): number {
    const latencies = this.calls.filter(({ endedAt }) => endedAt >= since).map(({ latencyMs }) => latencyMs);
    return latencies.sort((a, b) => a - b)[Math.ceil(share * latencies.length) - 1] ?? 0;
  }
}
