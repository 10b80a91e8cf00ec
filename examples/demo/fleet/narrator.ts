import type { CircuitState } from '@breaker/core';
import type { Fleet } from './fleet.js';
import { FAILURE_THRESHOLD } from './guarded-call.js';
import type { Member } from './member.js';
import type { News } from './news.js';
import type { Tell } from './scene.js';

/** A change of the fleet's circuit, and when the processes knew. */
interface Change {
  readonly to: CircuitState;
  readonly knownAt: number[];
}

/** Makes sentences of what the processes tell. */
export class Narrator {
  /** How long it took from the first process that knew to the last, by what the circuit had become. */
  readonly spreadMs = new Map<CircuitState, number>();
  readonly #changes = new Map<number, Change>();
  #lastHolder: Member | undefined;

  constructor(
    readonly fleet: Fleet,
    readonly tell: Tell,
  ) {
    for (const member of fleet.members) member.onNews = (news) => this.#hear(member, news);
  }

  #hear(member: Member, news: News): void {
    if (news.type === 'before-call' && news.trial) this.#hearOfTrial(member, news.at);
    else if (news.type === 'failure' && news.trial) this.tell(`the trial of ${member.name} has failed`, news.at);
    else if (news.type === 'state-change' && news.scope === 'fleet') this.#hearOfChange(news);
    else if (news.type === 'storage-degraded')
      this.tell(`${member.name} goes on alone: Redis does not answer`, news.at);
    else if (news.type === 'storage-recovered') this.tell(`${member.name} shares its circuit again`, news.at);
  }

  #hearOfTrial(member: Member, at: number): void {
    const last = this.#lastHolder;
    this.#lastHolder = member;
    if (last === undefined) this.tell(`${member.name} makes the only trial, all other calls are rejected`, at);
    else if (last.wasKilled) this.tell(`${member.name} makes the next trial: the lease of ${last.name} has lapsed`, at);
    else this.tell(`${member.name} makes the next trial`, at);
  }

  #hearOfChange({ to, epoch, at }: News & { type: 'state-change' }): void {
    const change = this.#changes.get(epoch) ?? { to, knownAt: [] };
    this.#changes.set(epoch, change);
    change.knownAt.push(at);
    const { length } = this.fleet.living;
    if (to === 'half-open' || change.knownAt.length < length) return;
    const spread = Math.max(...change.knownAt) - Math.min(...change.knownAt);
    const isFirst = to === 'open' && !this.spreadMs.has(to);
    this.spreadMs.set(to, spread);
    const cost = isFirst ? `, after ${this.fleet.failures} failed calls (alone: ${length * FAILURE_THRESHOLD})` : '';
    this.tell(`circuit ${to} for all ${length} within ${Math.ceil(spread)} ms${cost}`, Math.max(...change.knownAt));
  }
}
