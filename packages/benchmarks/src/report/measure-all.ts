import { cpus } from 'node:os';
import type { Case } from '../cases/case.js';
import { cases } from '../cases/cases.js';
import { weighBreakers } from '../costs/breakers.js';
import { compareConfigurations } from '../costs/configurations.js';
import { timeImports } from '../costs/import-time.js';
import { weighPendingCalls } from '../costs/pending-calls.js';
import { measureSizes } from '../costs/size.js';
import { inChild } from '../measure/in-child.js';
import { interleave, type Row } from '../measure/interleave.js';
import type { Thoroughness } from '../thoroughness.js';
import type { Comparison, Report } from './report.js';

/** Measures everything, one thing after another; `tell` hears of each. */
export async function measureAll(thoroughness: Thoroughness, tell: (what: string) => void): Promise<Report> {
  const { breakers, idleMs, pendingCalls, imports } = thoroughness;
  const comparisons: Comparison[] = [];
  for (const each of cases) {
    const { id, title } = each;
    tell(title);
    comparisons.push({ id, title, rows: await compare(each, thoroughness) });
  }
  tell('eight configurations, alone and together');
  const configurations = await compareConfigurations(thoroughness);
  tell(`${breakers} breakers`);
  const breakerCosts = await weighBreakers(breakers, idleMs);
  tell(`${pendingCalls} pending calls`);
  const pendingCosts = await weighPendingCalls(pendingCalls);
  tell('import and size');
  return {
    node: process.version,
    machine: `${cpus().length} cores, ${cpus()[0]?.model ?? 'unknown'}`,
    measuredAt: new Date().toISOString().slice(0, 10),
    comparisons,
    configurations,
    breakers: breakerCosts,
    pendingCalls: pendingCosts,
    imports: await timeImports(imports),
    sizes: await measureSizes(),
  };
}

async function compare(
  { id, roundsShare = 1, contenders }: Case,
  { rounds: most, sampleMs, hasProcessesOfItsOwn }: Thoroughness,
): Promise<Row[]> {
  const rounds = Math.ceil(most * roundsShare);
  if (hasProcessesOfItsOwn) return inChild<Row[]>('comparison', id, String(rounds), String(sampleMs));
  return interleave(await contenders(), { rounds, sampleMs });
}
