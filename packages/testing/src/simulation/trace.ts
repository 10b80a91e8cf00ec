import type { BreakerEvent } from '@breaker/core';
import type { SimulatedProcess } from './simulated-process.js';
import type { SimulationStep } from './simulation-step.js';
import type { StoredCircuit } from './stored-circuit.js';
import type { Commit, Surroundings, Watcher } from './watcher.js';

/** Writes down what happened, without ids: the same run gives the same lines. */
export class Trace implements Watcher {
  readonly lines: string[] = [];
  readonly #world: Surroundings;

  constructor(world: Surroundings) {
    this.#world = world;
  }

  step(step: SimulationStep): void {
    const { action, ...facts } = step;
    this.#note(`${action}${Object.entries(facts).map(([name, value]) => ` ${name}: ${JSON.stringify(value)}`)}`);
  }

  note(text: string): void {
    this.#note(text);
  }

  committed({ writer, before, after }: Commit): void {
    this.#note(`  ${writer.name} wrote ${before?.state ?? 'nothing'} -> ${show(after)}`);
  }

  told({ name }: SimulatedProcess, event: BreakerEvent): void {
    switch (event.type) {
      case 'state-change':
        this.#note(`  ${name}: ${event.from} -> ${event.to} (${event.scope}, ${event.origin}, ${event.reason})`);
        break;
      case 'reject':
        this.#note(`  ${name}: reject (${event.reason})`);
        break;
      case 'success':
      case 'failure':
      case 'ignore':
        this.#note(`  ${name}: ${event.type}${event.trial ? ' of a trial' : ''}${event.late ? ', late' : ''}`);
        break;
      default:
        if (event.type !== 'before-call') this.#note(`  ${name}: ${event.type}`);
    }
  }

  #note(text: string): void {
    this.lines.push(`${this.#world.now.toFixed(1)} ${text}`);
  }
}

function show(record: StoredCircuit): string {
  const facts = `${record.state} ${record.epoch}.${record.revision}`;
  switch (record.state) {
    case 'half-open':
      return `${facts}, ${record.leases.length} of ${record.limit} leases, ${record.successes} of ${record.need} successes`;
    case 'closed':
      return `${facts}${record.hearingEndsAt === undefined ? '' : ', a hearing'}`;
    default:
      return facts;
  }
}
