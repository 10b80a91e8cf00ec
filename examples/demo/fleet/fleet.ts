import type { CircuitState } from '@breaker/core';
import { until } from '@breaker/redis-server-for-tests';
import type { Member } from './member.js';
import { mostAtOnce } from './trials-at-once.js';

const PATIENCE_MS = 60_000;

/** The processes, taken together. */
export class Fleet {
  constructor(readonly members: readonly Member[]) {}

  get living(): readonly Member[] {
    return this.members.filter(({ wasKilled }) => !wasKilled);
  }

  get mostTrialsAtOnce(): number {
    return mostAtOnce(this.members.flatMap(({ trials }) => trials));
  }

  get calls(): number {
    return this.sum(({ made, rejected }) => made + rejected);
  }

  /** How many calls failed that were no trials. */
  get failures(): number {
    return this.sum(({ failed, failedTrials }) => failed - failedTrials);
  }

  sum(what: (member: Member) => number): number {
    return this.members.reduce((sum, member) => sum + what(member), 0);
  }

  begin(): void {
    for (const member of this.members) member.tell('begin');
  }

  async end(): Promise<void> {
    await Promise.all(this.living.map((member) => member.end()));
  }

  async untilAllAre(state: CircuitState): Promise<void> {
    const isThere = (member: Member) => member.state === state && member.scope === 'fleet';
    await until(`the circuit is ${state} for all`, () => this.living.every(isThere), PATIENCE_MS);
  }

  trialHolder(): Promise<Member> {
    const holder = () => this.living.find(({ isInTrial }) => isInTrial);
    return until('somebody makes a trial', holder, PATIENCE_MS) as Promise<Member>;
  }
}
