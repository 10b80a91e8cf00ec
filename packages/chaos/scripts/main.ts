import { rm } from 'node:fs/promises';
import { readPlan, USAGE } from '../src/run/plan.js';
import { report } from '../src/run/report.js';
import { runChaos } from '../src/run/run-chaos.js';

const plan = readPlan(process.argv.slice(2));
if (plan === 'help') {
  console.log(USAGE);
} else if (plan instanceof Error) {
  console.error(`${plan.message}\n\n${USAGE}`);
  process.exitCode = 2;
} else {
  const startedAt = performance.now();
  const outcome = await runChaos(plan, (line) => {
    console.log(`${String(Math.round((performance.now() - startedAt) / 1_000)).padStart(4)} s  ${line}`);
  });
  console.log(report(outcome));
  if (outcome.violations.length === 0) await rm(outcome.folder, { recursive: true, force: true });
  else process.exitCode = 1;
}
