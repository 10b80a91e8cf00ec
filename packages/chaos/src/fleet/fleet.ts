import { mkdtempSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type ServerForTests, until } from '@breaker/redis-server-for-tests';
import { HARNESS, type HistoryEvent } from '../history/history-event.js';
import { HistoryFile, readHistory } from '../history/history-file.js';
import { Stalls } from '../history/stalls.js';
import type { Dependency } from '../member/dependency.js';
import type { BreakerSettings } from '../member/member-settings.js';
import { MemberNetwork } from '../servers/member-network.js';
import { Observer } from '../servers/observer.js';
import { bundled } from './bundled.js';
import { type FleetSettings, SHORT_TIMES } from './fleet-settings.js';
import { Member } from './member.js';

const PROGRAM = fileURLToPath(new URL('../member/main.ts', import.meta.url));
const NAMESPACE = 'chaos';
/** More would take the machine's time from each other, and lose their storage at once. */
const STARTED_TOGETHER = 5;
const CIRCUIT = 'payments';
const KEY = `breaker:{${NAMESPACE}}:${CIRCUIT}`;
const CHANNEL = `${KEY}@0`;

/** Processes that share one circuit through real servers, each with a network of its own, and all that they write down. */
export class Fleet {
  /** Those that run, in the order of their start. */
  readonly members: Member[] = [];
  /** Where the shared record lies. */
  readonly key = KEY;
  readonly folder: string;
  /** What the harness itself writes down. */
  readonly notes: HistoryFile;
  readonly #settings: FleetSettings;
  readonly #observer: Observer;
  /** The members' program, ready to be run. */
  readonly #script: string;
  readonly #stalls: Stalls;
  /** When each was started, in their order: those that begin together are not ready in it. */
  readonly #places = new Map<Member, number>();
  #started = 0;
  #faults = 0;

  private constructor(settings: FleetSettings) {
    this.#settings = settings;
    this.folder = settings.folder ?? mkdtempSync(join(tmpdir(), 'breaker-chaos-'));
    this.notes = new HistoryFile(join(this.folder, `${HARNESS}.ndjson`), HARNESS);
    this.#script = join(this.folder, 'member.mjs');
    this.#stalls = new Stalls((ms) => this.notes.write({ type: 'stalled', ms }));
    this.#observer = new Observer(settings.servers, CHANNEL, this.notes);
  }

  static async start(settings: FleetSettings): Promise<Fleet> {
    const fleet = new Fleet(settings);
    try {
      await writeFile(fleet.#script, await bundled(settings.program ?? PROGRAM));
      await fleet.#observer.ready();
      while (fleet.members.length < settings.processes) {
        const left = settings.processes - fleet.members.length;
        await Promise.all(Array.from({ length: Math.min(left, STARTED_TOGETHER) }, () => fleet.add()));
      }
    } catch (error) {
      await fleet.stop();
      throw error;
    }
    return fleet;
  }

  /** Starts another process. */
  async add(breaker: BreakerSettings = this.#settings.breaker ?? SHORT_TIMES): Promise<Member> {
    const { servers, dependency = 'up', flows = 2, pauseMs = 15, pace = 1 } = this.#settings;
    const place = this.#started++;
    const name = `p${place + 1}`;
    const network = await MemberNetwork.start(servers);
    const historyFile = join(this.folder, `${name}.ndjson`);
    const { address } = network;
    const where = { address, namespace: NAMESPACE, circuit: CIRCUIT, historyFile };
    const member = await Member.start(
      { name, ...where, breaker, dependency, flows, pauseMs, pace },
      network,
      this.#script,
    );
    this.#places.set(member, place);
    this.members.push(member);
    this.members.sort((one, other) => this.#placeOf(one) - this.#placeOf(other));
    return member;
  }

  /** Says what calls shall meet from now on, of all processes or of some. */
  meet(dependency: Dependency, members: readonly Member[] = this.members): void {
    for (const member of members) member.meet(dependency);
  }

  /** Waits until something holds of every process. */
  async until(what: string, condition: (member: Member) => boolean, withinMs?: number): Promise<void> {
    await until(`${what} (${this.#states()})`, () => this.members.every(condition), withinMs);
  }

  /** The server that keeps the record at present. */
  master(): Promise<ServerForTests> {
    return this.#settings.servers.masterOf(KEY);
  }

  /** What is stored, as that server says. */
  async stored(): Promise<unknown> {
    const text = await (await this.master()).command('GET', KEY);
    return text === null ? undefined : JSON.parse(String(text));
  }

  /** Kills a process as `kill -9` does. */
  async kill(member: Member): Promise<void> {
    await member.kill();
    this.notes.write({ type: 'killed', member: member.name });
    await this.#remove(member);
  }

  freeze(member: Member): void {
    member.freeze();
    this.notes.write({ type: 'frozen', member: member.name });
  }

  thaw(member: Member): void {
    this.notes.write({ type: 'thawed', member: member.name });
    member.thaw();
  }

  /** Lets processes dispose of their breakers and end, as they then must by themselves. Default: all of them */
  async end(members: readonly Member[] = this.members): Promise<void> {
    await Promise.all([...members].map((member) => this.#end(member)));
  }

  /**
   * Tells the history that something is broken; gives its number there.
   *
   * @param losesMemory - whether the servers may lose writes by it, or everything
   */
  fault(kind: string, target: string, losesMemory = false): number {
    const fault = ++this.#faults;
    this.notes.write({ type: 'fault', fault, kind, target, losesMemory });
    return fault;
  }

  /** Tells the history that it has been mended. */
  faultEnded(fault: number): void {
    this.notes.write({ type: 'fault-ended', fault });
  }

  /** Everything that was written down so far, in the order of time. */
  history(): HistoryEvent[] {
    return readHistory(this.folder);
  }

  /** Kills what still runs, and lets go of everything but the history. */
  async stop(): Promise<void> {
    await Promise.all([...this.members].map((member) => this.kill(member)));
    this.#observer.stop();
    this.#stalls.stop();
    this.notes.close();
  }

  /** Removes the history. */
  async forget(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }

  async #end(member: Member): Promise<void> {
    const code = await member.end();
    this.notes.write({ type: 'ended', member: member.name, code: code ?? null, byItself: code !== undefined });
    await this.#remove(member);
  }

  async #remove(member: Member): Promise<void> {
    this.members.splice(this.members.indexOf(member), 1);
    await member.network.stop();
  }

  #placeOf(member: Member): number {
    return this.#places.get(member) ?? this.#started;
  }

  #states(): string {
    return this.members.map(({ name, state, scope }) => `${name}: ${state} (${scope})`).join(', ');
  }
}
