import type { CircuitStorageError } from './errors/circuit-storage-error.js';
import type { Fleet } from './fleet/fleet.js';
import type { FleetHost } from './fleet/fleet-host.js';
import type { StateChangeReason } from './listener/breaker-event.js';
import type { SharedSettings } from './settings.js';
import type { Shell } from './shell.js';

/** What the fleet's circuit does to a breaker that shares it. */
export class Membership implements FleetHost {
  readonly #shell: Shell;

  constructor(shell: Shell) {
    this.#shell = shell;
  }

  get name(): string {
    return this.#shell.name;
  }

  get settings(): SharedSettings {
    return this.#shell.settings as SharedSettings;
  }

  get callsSoFar(): number {
    return this.#shell.counts.calls;
  }

  changeView(change: () => boolean, reason: StateChangeReason | undefined): void {
    const shell = this.#shell;
    const { shown: before, scope } = shell;
    if (change()) {
      shell.own.startAnew();
      shell.plainPath = undefined;
    }
    const { shown: after } = shell;
    const fleet = shell.fleet as Fleet;
    if (after.state !== before.state) shell.plainPath = undefined;
    const hasOpenedForAll = scope === 'process' && shell.scope === 'fleet' && after.state === 'open';
    if (after.state !== before.state || hasOpenedForAll) {
      shell.announcer?.stateChange(before, after, {
        epoch: fleet.isOver ? after.epoch : fleet.epoch,
        scope: fleet.isAlone || fleet.isOver ? 'process' : 'fleet',
        origin: reason === undefined ? 'remote' : 'local',
        reason: reason ?? 'adopted',
      });
    }
    shell.deliver();
  }

  deliver(): void {
    this.#shell.deliver();
  }

  storageChanged(lost: CircuitStorageError | undefined): void {
    const { announcer, shown } = this.#shell;
    if (lost === undefined) announcer?.storageRecovered(shown.epoch);
    else announcer?.storageDegraded(lost, shown.epoch);
    this.#shell.deliver();
  }

  /** The next use of the breaker must be noticed. */
  fallAsleep(): void {
    this.#shell.plainPath = undefined;
  }

  report(error: unknown, source: string): void {
    this.#shell.report(error, source);
  }
}
