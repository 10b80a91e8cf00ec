import type { Answer } from './workers.js';

const LINE_EVERY_MS = 30_000;

/** Shows how far the simulation is: on one line of a terminal; elsewhere by a line now and then. */
export class Progress {
  readonly #seeds: number;
  readonly #startedAt = performance.now();
  #done = { seeds: 0, steps: 0, calls: 0, transitions: 0, faults: 0 };
  #shownAt = performance.now();

  constructor(seeds: number) {
    this.#seeds = seeds;
  }

  add(answer: Answer): void {
    const { seeds, steps, calls, transitions, faults } = this.#done;
    this.#done = {
      seeds: seeds + answer.seeds,
      steps: steps + answer.steps,
      calls: calls + answer.calls,
      transitions: transitions + answer.transitions,
      faults: faults + answer.faults,
    };
    if (process.stdout.isTTY) process.stdout.write(`\r${this.#line()}`);
    else if (performance.now() - this.#shownAt > LINE_EVERY_MS) this.#show();
  }

  end(): void {
    if (process.stdout.isTTY) process.stdout.write('\n');
    else this.#show();
  }

  #show(): void {
    this.#shownAt = performance.now();
    console.log(this.#line());
  }

  #line(): string {
    const { seeds, steps, calls, transitions, faults } = this.#done;
    const seconds = Math.round((performance.now() - this.#startedAt) / 1_000);
    const counts = [
      [`of ${format(this.#seeds)} seeds`, seeds],
      ['steps', steps],
      ['calls', calls],
      ['changes of state', transitions],
      ['faults', faults],
    ] as const;
    return `${counts.map(([what, number]) => `${format(number)} ${what}`).join(', ')} in ${seconds} s`;
  }
}

function format(number: number): string {
  return number.toLocaleString('en').replaceAll(',', ' ');
}
