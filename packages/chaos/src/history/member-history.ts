import type { BreakerSettings } from '../member/member-settings.js';
import { type Called, HARNESS, type HistoryEvent, type Told } from './history-event.js';

type At<T> = T & { readonly at: number };

interface Span {
  readonly from: number;
  to: number;
}

/** A trial of the fleet's circuit. */
export interface Trial {
  readonly from: number;
  /** When it ended, or its process did. */
  to: number;
}

/** A ruling that lasts may be committed so long after its process has the storage back. */
const COMMITTED_AFTER_MS = 2_000;

/** What one process has written down, and the harness of it. */
export class MemberHistory {
  settings: BreakerSettings = {};
  readonly calls: At<Called>[] = [];
  readonly trials: Trial[] = [];
  readonly told: (At<Told> & { readonly isAlone: boolean })[] = [];
  /** When it was killed, or ended. */
  endedAt = Number.POSITIVE_INFINITY;
  readonly #outages: Span[] = [];
  readonly #rulings: Span[] = [];
  readonly #running = new Map<number, Trial>();

  constructor(readonly name: string) {}

  /** Whether it was on its own. */
  isAlone(at: number): boolean {
    return this.#outages.some(({ from, to }) => from <= at && at <= to);
  }

  /** Whether what it committed may be what somebody ruled by hand; also while it was on its own. */
  mayRule(at: number): boolean {
    return this.#rulings.some(({ from, to }) => from <= at && at <= this.#committedBy(to));
  }

  /** When it had the storage back for the last time before an instant, or at its beginning. */
  recoveries(from: number, to: number): number {
    return this.#outages.filter((outage) => outage.to >= from && outage.to <= to).length;
  }

  take(event: HistoryEvent): void {
    switch (event.type) {
      case 'started':
        this.settings = event.breaker;
        break;
      case 'degraded':
      case 'disposing':
        this.#outages.push({ from: event.at, to: Number.POSITIVE_INFINITY });
        break;
      case 'recovered':
        end(this.#outages, event.at);
        break;
      case 'ruling':
        this.#rulings.push({ from: event.at, to: Number.POSITIVE_INFINITY });
        break;
      case 'ruled':
        end(this.#rulings, event.at);
        break;
      case 'told':
        this.told.push({ ...event, isAlone: this.#outages.at(-1)?.to === Number.POSITIVE_INFINITY });
        break;
      case 'trial-began':
        this.#begin(event.call, event.at);
        break;
      case 'called':
        this.calls.push(event);
        this.#end(event.call, event.at);
        break;
      case 'killed':
      case 'ended':
        this.endedAt = event.at;
        for (const call of this.#running.keys()) this.#end(call, event.at);
    }
  }

  /** A ruling that was made while the storage was away is committed when it is back. */
  #committedBy(ruledAt: number): number {
    const outage = this.#outages.find(({ from, to }) => from <= ruledAt && ruledAt <= to);
    return outage === undefined ? ruledAt : outage.to + COMMITTED_AFTER_MS;
  }

  #begin(call: number, from: number): void {
    const trial = { from, to: Number.POSITIVE_INFINITY };
    this.#running.set(call, trial);
    this.trials.push(trial);
  }

  #end(call: number, at: number): void {
    const trial = this.#running.get(call);
    if (trial !== undefined) trial.to = at;
    this.#running.delete(call);
  }
}

function end(spans: readonly Span[], at: number): void {
  for (const span of spans) if (span.to === Number.POSITIVE_INFINITY) span.to = at;
}

/** Sorts a history by its members. */
export function membersOf(events: readonly HistoryEvent[]): ReadonlyMap<string, MemberHistory> {
  const members = new Map<string, MemberHistory>();
  for (const event of events) {
    const name = event.by === HARNESS ? whomItConcerns(event) : event.by;
    if (name === undefined) continue;
    const member = members.get(name) ?? new MemberHistory(name);
    members.set(name, member);
    member.take(event);
  }
  return members;
}

function whomItConcerns(event: HistoryEvent): string | undefined {
  return event.type === 'killed' || event.type === 'ended' ? event.member : undefined;
}
