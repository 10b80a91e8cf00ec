import {
  CircuitBreaker,
  CircuitOpenError,
  type CircuitState,
  failureRate,
  shareOutcomes,
  shareTrips,
} from '@breaker/core';
import { RedisStorage } from '@breaker/redis';
import { clientOf } from '../server/server.js';
import { BarePush } from './bare-push.js';
import { FleetChanges, type ShownChange } from './fleet-changes.js';
import { machineTime } from './machine-time.js';
import type { MemberPlan, SharingPlan } from './member-plan.js';
import { TimedStorage } from './timed-storage.js';
import { Traffic } from './traffic.js';

/** So long a process keeps to itself what it has seen: telling it would take time from those who have not seen it yet. */
const DISCRETION_MS = 4;

/** What a process of a fleet can be asked to do, by name; answers are plain data. */
export type Orders = ReturnType<typeof ordersOf>;

export function ordersOf({ address, namespace, circuit, sharing, options = {}, rate }: MemberPlan) {
  const client = clientOf(address);
  const storage = new TimedStorage(new RedisStorage(clientOf(address), { namespace }));
  const changes = new FleetChanges(() => storage.sentAt);
  const breaker = new CircuitBreaker(circuit, {
    storage,
    sharing: sharingOf(sharing),
    listeners: [changes],
    ...options,
    trip: rate && failureRate(rate),
  });
  const bare = new BarePush(client, clientOf(address), `${namespace}-bare`);
  const traffic = new Traffic(breaker);
  let endTrial = () => {};

  return {
    /** Settles when it knows the fleet's circuit. */
    async ready(): Promise<void> {
      await client.ping();
      await bare.follow();
      await breaker.ready();
    },

    /** Says how long a question to the server took, in milliseconds. */
    async ping(): Promise<number> {
      const askedAt = machineTime();
      await client.ping();
      return machineTime() - askedAt;
    },

    /** Sends a message past all breakers; says when. */
    push(text: string): Promise<number> {
      return bare.send(text);
    },

    /** Says when that message was heard. */
    async untilPushed(): Promise<number> {
      const heardAt = await bare.untilHeard();
      await pause(DISCRETION_MS);
      return heardAt;
    },

    async rule(ruling: 'open' | 'close'): Promise<void> {
      await breaker[ruling]();
    },

    /** Makes one call that fails. */
    async fail(): Promise<void> {
      await breaker.execute(() => Promise.reject(new Error('down'))).catch(() => undefined);
    },

    /** Makes calls that succeed, spread over a time, and says how many did. */
    async succeed(calls: number, withinMs: number): Promise<number> {
      const before = breaker.counts.successes;
      const startedAt = performance.now();
      for (let made = 0; made < calls; await pause(1)) {
        const due = Math.min(calls, Math.ceil((calls * (performance.now() - startedAt)) / withinMs));
        for (; made < due; made++) await breaker.execute(() => Promise.resolve());
      }
      return breaker.counts.successes - before;
    },

    async untilShown(state: CircuitState): Promise<ShownChange> {
      const change = await changes.untilShown(state);
      await pause(DISCRETION_MS);
      return change;
    },

    /**
     * Makes a call in the very moment in which this process takes the circuit for due; says whether it has become a trial, which then
     * goes on until its end is asked for.
     */
    async callWhenDue(): Promise<'trial' | 'rejected'> {
      for (;;) {
        const rejected = await new Promise<CircuitOpenError | undefined>((resolve, reject) => {
          const call = () => {
            resolve(undefined);
            return new Promise<void>((end) => {
              endTrial = end;
            });
          };
          breaker.execute(call).catch((error) => (error instanceof CircuitOpenError ? resolve(error) : reject(error)));
        });
        if (rejected === undefined) return 'trial';
        if (rejected.reason !== 'open') return 'rejected';
        await pause(rejected.retryAfterMs ?? 0);
      }
    },

    async endTrial(): Promise<void> {
      endTrial();
    },

    /** From now on makes so many calls a second, and so large a share of them fails. */
    async flow(callsPerSecond: number, failing: number): Promise<void> {
      traffic.failing = failing;
      traffic.flow(callsPerSecond);
    },
  };
}

function sharingOf(plan: SharingPlan) {
  return plan.kind === 'outcomes' ? shareOutcomes(plan.options) : shareTrips(plan.options);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => void setTimeout(resolve, ms));
}
