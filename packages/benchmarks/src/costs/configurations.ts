import { configurations } from '../cases/configurations.js';
import { inChild } from '../measure/in-child.js';
import type { Effort, Row } from '../measure/interleave.js';

/** A call through a breaker of one configuration: alone in its process, and among all the others. */
export interface ConfigurationCost {
  readonly name: string;
  readonly alone: number;
  readonly together: number;
}

/**
 * Against a bare call, both times. Where the optimiser, having seen eight kinds of breakers in use, could no longer tell what a
 * call needs, `together` would be much more than `alone`.
 */
export async function compareConfigurations({ rounds, sampleMs }: Effort): Promise<ConfigurationCost[]> {
  const measure = (names: string[]) => inChild<Row[]>('configurations', String(rounds), String(sampleMs), ...names);
  const names = Object.keys(configurations);
  const together = await measure(names);
  const costs: ConfigurationCost[] = [];
  for (const name of names) {
    const alone = await measure([name]);
    costs.push({ name, alone: ratioOf(alone, name), together: ratioOf(together, name) });
  }
  return costs;
}

function ratioOf(rows: readonly Row[], name: string): number {
  const row = rows.find((candidate) => candidate.name === name);
  if (row === undefined) throw new Error(`${name} was not measured`);
  return row.ratio.median;
}
