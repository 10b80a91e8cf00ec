import { Alarm } from './alarm.js';
import type { Change } from './change/change.js';
import { hearingOpened, needsNoFailures } from './change/report.js';
import type { FleetHost } from './fleet-host.js';
import type { Proposal } from './proposal.js';
import type { View } from './view.js';

/** Witnesses are spread over so much of a hearing: the first one's word spares the others theirs. */
const WITNESS_SPREAD = 0.25;

/** The fleet's hearing, as this process takes part in it: it bears witness while the hearing is on, and ends the one it has opened. */
export class Hearing {
  readonly #host: FleetHost;
  readonly #lengthMs: number;
  readonly #view: View;
  /** When the one ends that this process has opened, by the storage's clock. */
  #openedUntilAt: number | undefined = undefined;
  readonly #witness: Alarm;
  readonly #end: Alarm;

  /** @param speak - reports what this process has seen, whatever it is */
  constructor(host: FleetHost, lengthMs: number, view: View, speak: () => void) {
    this.#host = host;
    this.#lengthMs = lengthMs;
    this.#view = view;
    this.#witness = new Alarm(host.settings.clock, () => {
      if (this.leftMs !== undefined) speak();
    });
    this.#end = new Alarm(host.settings.clock, speak);
  }

  /** What is left of it; `undefined` where none is on. */
  get leftMs(): number | undefined {
    const endsAt = this.#endsAt;
    if (endsAt === undefined) return undefined;
    const leftMs = endsAt - this.#view.storageTime();
    return leftMs > 0 ? leftMs : undefined;
  }

  /** Whether one is on that further failures would not change. */
  get needsNoFailures(): boolean {
    const { record } = this.#view;
    try {
      return (
        record?.state === 'closed' && needsNoFailures(record, this.#view.storageTime(), this.#host.settings.policy)
      );
    } catch {
      return false; // the commit meets the fault again, and tells it
    }
  }

  viewChanged(): void {
    if (this.#endsAt !== this.#openedUntilAt) this.#forget();
  }

  /** This process has seen a success: it says so soon, unless another's word has lifted the hearing by then. */
  bearWitness(): void {
    const { leftMs } = this;
    if (leftMs === undefined || this.#witness.isSet) return;
    this.#witness.set(this.#view.random() * Math.min(this.#lengthMs * WITNESS_SPREAD, leftMs / 2));
  }

  /** What this process has seen is on its way. */
  spoken(): void {
    this.#witness.cancel();
  }

  /** Proposes a report: the process whose report opens a hearing sees to its end. */
  proposalOf(report: Change): Proposal {
    let openedUntilAt: number | undefined;
    return {
      change: (record, now, terms) => {
        const after = report(record, now, terms);
        openedUntilAt = hearingOpened(record, after);
        return after;
      },
      committed: () => this.reported(openedUntilAt),
    };
  }

  /** @param openedUntilAt - when the hearing ends that a report of this process has opened; `undefined` where it opened none */
  reported(openedUntilAt: number | undefined): void {
    this.#openedUntilAt ??= openedUntilAt;
    this.viewChanged();
    if (this.#openedUntilAt !== undefined) this.#end.set(Math.max(1, this.#openedUntilAt - this.#view.storageTime()));
  }

  stop(): void {
    this.spoken();
    this.#forget();
  }

  /** When the one ends, or has ended, that was opened last, by the storage's clock. */
  get #endsAt(): number | undefined {
    return this.#view.record?.hearingEndsAt;
  }

  #forget(): void {
    this.#openedUntilAt = undefined;
    this.#end.cancel();
  }
}
