import { readPlan, USAGE } from './plan.js';
import { Progress } from './progress.js';
import { showRun, simulationOf } from './simulation-of.js';
import { runAll } from './workers.js';

const plan = readPlan(process.argv.slice(2));
if (typeof plan === 'string') {
  console.error(`${plan}\n\n${USAGE}`);
  process.exitCode = 2;
} else if (plan.seeds === 1) {
  process.exitCode = (await showRun(simulationOf(plan.from, plan))) ? 0 : 1;
} else {
  const progress = new Progress(plan.seeds);
  const failure = await runAll(plan, (batch) => progress.add(batch));
  progress.end();
  if (failure !== undefined) console.log(failure);
  process.exitCode = failure === undefined ? 0 : 1;
}
