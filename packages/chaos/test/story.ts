import { checkHistory } from '../src/history/check-history.js';
import { type CallOutcome, HARNESS, type Happening, type HistoryEvent } from '../src/history/history-event.js';
import type { BreakerSettings } from '../src/member/member-settings.js';

/** The storage's clock is so much ahead of the time of the story. */
const AHEAD_MS = 10_000;

/** A record that a story has written, or may. */
export interface RecordOfStory extends Readonly<Record<string, unknown>> {
  readonly state: string;
  readonly epoch: number;
  readonly revision: number;
}

const BOOKKEEPING = { schema: 1, trips: 0, changedAt: 0, keepUntilAt: 1_000_000 };

export function closed(epoch: number, revision: number, fields: object = {}): RecordOfStory {
  const memory = { policyKey: 'consecutive-failures', memory: 0 };
  return { ...BOOKKEEPING, ...era(epoch), state: 'closed', epoch, revision, ...memory, ...fields };
}

export function open(epoch: number, revision: number, fields: object = {}): RecordOfStory {
  return { ...BOOKKEEPING, ...era(epoch), state: 'open', epoch, revision, trips: 1, openUntilAt: 0, ...fields };
}

export function halfOpen(
  epoch: number,
  revision: number,
  leases: readonly string[],
  fields: object = {},
): RecordOfStory {
  const round = { limit: 1, need: 1, successes: 0, leases: leases.map((id) => ({ id, expiresAt: 20_000 })) };
  return { ...BOOKKEEPING, ...era(epoch), state: 'half-open', epoch, revision, trips: 1, ...round, ...fields };
}

export function isolated(epoch: number, revision: number): RecordOfStory {
  return { ...BOOKKEEPING, ...era(epoch), state: 'isolated', epoch, revision };
}

function era(epoch: number): object {
  return epoch === 0 ? {} : { era: `era-${epoch}` };
}

interface CallOfStory {
  readonly outcome?: CallOutcome;
  readonly isTrial?: boolean;
  readonly lastsMs?: number;
  readonly waitsMs?: number;
  readonly stalledMs?: number;
  readonly wasClosed?: boolean;
  readonly wasAtOnce?: boolean;
}

/** A history that is made up, event by event. Time goes on with everything that happens. */
export class Story {
  readonly events: HistoryEvent[] = [];
  stored: RecordOfStory | undefined = undefined;
  #at = 1_000;
  #updates = 0;
  #calls = 0;
  #faults = 0;

  constructor(breaker: BreakerSettings = {}, members: readonly string[] = ['p1', 'p2']) {
    for (const by of members) this.tell(by, { type: 'started', breaker });
  }

  get now(): number {
    return this.#at;
  }

  get storageTime(): number {
    return this.#at + AHEAD_MS;
  }

  pass(ms: number): this {
    this.#at += ms;
    return this;
  }

  tell(by: string, happening: Happening): this {
    this.#at += 1;
    this.events.push({ by, at: this.#at, ...happening });
    return this;
  }

  /** A change was committed. */
  commit(by: string, after: RecordOfStory, { before = this.stored, isKnown = true } = {}): this {
    const update = ++this.#updates;
    this.tell(by, { type: 'asked', update });
    this.tell(by, { type: 'ran', update, before, after, now: this.storageTime });
    this.stored = after;
    this.tell(HARNESS, { type: 'observed', server: 0, link: 1, record: after });
    return isKnown ? this.tell(by, { type: 'answered', update }) : this;
  }

  call(by: string, call: CallOfStory = {}): this {
    const { outcome = 'success', isTrial = false, lastsMs = 1, waitsMs = 0, stalledMs = 0 } = call;
    const { wasClosed = !isTrial, wasAtOnce = true } = call;
    const number = ++this.#calls;
    const askedAt = this.#at;
    this.pass(waitsMs);
    if (isTrial) this.tell(by, { type: 'trial-began', call: number });
    const startedAt = this.#at;
    this.pass(lastsMs);
    const facts = { call: number, outcome, askedAt, wasAtOnce, wasClosed, isTrial, stalledMs };
    const error = outcome === 'strange' ? { error: 'Error: the storage is down' } : {};
    return this.tell(by, { type: 'called', ...facts, ...(outcome !== 'rejected' && { startedAt }), ...error });
  }

  calls(count: number, by: string, call: CallOfStory = {}): this {
    for (let made = 0; made < count; made++) this.call(by, call);
    return this;
  }

  told(by: string, way: string, epoch: number, origin: 'local' | 'remote', reason: string, scope = 'fleet'): this {
    const [from, to] = way.split(' -> ');
    return this.tell(by, { type: 'told', from, to, scope, origin, reason, epoch } as Happening);
  }

  /** Something that may lose writes. */
  loss(what: () => void = () => undefined): this {
    const fault = ++this.#faults;
    this.tell(HARNESS, { type: 'fault', fault, kind: 'flushall', target: 'server', losesMemory: true });
    what();
    return this.tell(HARNESS, { type: 'fault-ended', fault });
  }

  /** The fleet has opened, with failures of both, as is right. */
  trip(epoch = 1): this {
    const begun = this.stored ?? closed(0, 0);
    const { epoch: last, revision } = begun;
    this.calls(3, 'p1', { outcome: 'failure' }).calls(2, 'p2', { outcome: 'failure' });
    this.commit('p1', closed(last, revision + 1, { memory: 3 }));
    this.commit('p2', closed(last, revision + 2, { memory: 5, hearingEndsAt: this.storageTime + 150 }));
    this.pass(150).commit('p2', open(epoch, revision + 3));
    return this.told('p2', 'closed -> open', epoch, 'local', 'tripped').told(
      'p1',
      'closed -> open',
      epoch,
      'remote',
      'adopted',
    );
  }

  /** It has a round after that, with a lease of p1's. */
  beginRound(epoch = 2, fields: object = {}): this {
    return this.commit('p1', halfOpen(epoch, (this.stored?.revision ?? 0) + 1, ['one'], fields));
  }

  /** What the checker says. */
  get found(): readonly string[] {
    return checkHistory(this.events).map(({ invariant, message }) => `${invariant}: ${message}`);
  }

  /** The numbers of the invariants that the checker finds broken, each once. */
  get broken(): readonly number[] {
    return [...new Set(checkHistory(this.events).map(({ invariant }) => invariant))];
  }
}
