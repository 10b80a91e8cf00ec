import { expect, it } from 'vitest';
import { PING_BYTES_PER_SECOND, readBytes } from './bytes-on-redis.js';
import { KINDS_OF_SHARING } from './kinds-of-sharing.js';
import { type SituationCost, simulateSituations } from './situations.js';

const NO_CHANGE = { rates: { changes: 0, execs: 0, lost: 0 } };

async function simulate(processes: number, kind: keyof typeof KINDS_OF_SHARING): Promise<SituationCost[]> {
  const costs: SituationCost[] = [];
  for await (const cost of simulateSituations(processes, KINDS_OF_SHARING[kind])) costs.push(cost);
  return costs;
}

/** Ids are drawn anew in every run, and may be longer. */
function withoutBytes({ rates, ...cost }: SituationCost) {
  return { ...cost, rates: { ...rates, bytes: undefined } };
}

it('are all that a dependency goes through, and the same in every run', async () => {
  const costs = await simulate(4, 'outcomes');
  const situations = costs.map(({ situation }) => situation);
  expect(situations).toEqual(['all succeed', '1 % fail', '10 % fail', 'all fail', 'all succeed again']);
  expect((await simulate(4, 'outcomes')).map(withoutBytes)).toEqual(costs.map(withoutBytes));
});

it.each(['outcomes', 'outcomes, by rate', 'trips, quorum 2'] as const)(
  'cost %s no change while all succeed, and some while all fail',
  async (kind) => {
    const [quiet, , , down, again] = await simulate(8, kind);
    expect(quiet).toMatchObject({ ...NO_CHANGE, degraded: 0 });
    const { reads = 0, bytes } = quiet?.rates ?? {};
    expect(reads).toBeGreaterThan(0);
    expect(reads).toBeLessThanOrEqual(2 * 0.2 * 8);
    expect(bytes).toBeCloseTo(reads * readBytes(undefined) + 8 * PING_BYTES_PER_SECOND, 6);
    expect(down?.rates.changes).toBeGreaterThan(1);
    expect(down?.rates.reads).toBeGreaterThan(8);
    expect(again?.rates.execs).toBeGreaterThan(0);
  },
);

it('cost one that shares trips nothing for single failures, and one that shares a rate all of them', async () => {
  const [, few, many] = await simulate(8, 'trips, quorum 2');
  expect([few, many]).toMatchObject([NO_CHANGE, NO_CHANGE]);
  const [, fewOfRate, manyOfRate] = await simulate(8, 'outcomes, by rate');
  expect(fewOfRate?.rates.execs).toBeGreaterThan(1);
  expect(manyOfRate?.rates.execs).toBeGreaterThan(10);
});
