import { simulateFleet } from '../../src/index.js';
import { explain, simulationOf } from './simulation-of.js';
import type { Answer, Batch } from './workers.js';

process.on('message', async ({ plan, from, seeds }: Batch) => {
  const answer = { seeds: 0, steps: 0, calls: 0, transitions: 0, faults: 0 };
  for (let seed = from; seed < from + seeds; seed++) {
    const simulation = simulationOf(seed, plan);
    const { violations, steps, calls, transitions, faults } = await simulateFleet(simulation);
    if (violations.length > 0) return reply({ ...answer, failure: explain(simulation, violations) });
    answer.seeds++;
    answer.steps += steps;
    answer.calls += calls;
    answer.transitions += transitions;
    answer.faults += faults;
  }
  reply(answer);
});

function reply(answer: Answer): void {
  process.send?.(answer);
}
