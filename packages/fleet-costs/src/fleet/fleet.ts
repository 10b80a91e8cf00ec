import type { MemberPlan } from './member-plan.js';
import { MemberProcess } from './member-process.js';
import type { Orders } from './orders.js';

/** Processes that share a circuit. */
export class Fleet {
  private constructor(readonly members: readonly MemberProcess[]) {}

  /** Starts a fleet that knows its circuit, hands it over, and ends it. */
  static async use<T>(size: number, plan: MemberPlan, run: (fleet: Fleet) => Promise<T>): Promise<T> {
    const fleet = new Fleet(Array.from({ length: size }, () => new MemberProcess(plan)));
    try {
      await fleet.ask('ready');
      return await run(fleet);
    } finally {
      await Promise.all(fleet.members.map((member) => member.end()));
    }
  }

  /** Asks all of them. */
  ask<Name extends keyof Orders>(
    order: Name,
    ...args: Parameters<Orders[Name]>
  ): Promise<Awaited<ReturnType<Orders[Name]>>[]> {
    return Promise.all(this.members.map((member) => member.ask(order, ...args)));
  }

  /** One of them, each in its turn. */
  member(turn: number): MemberProcess {
    return this.members[turn % this.members.length] as MemberProcess;
  }
}
