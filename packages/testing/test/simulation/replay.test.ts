import { describe, expect, it } from 'vitest';
import { type SimulationOptions, simulateFleet } from '../../src/index.js';
import { MUTANTS } from './mutants.js';
import { ONE_BAD_PROCESS } from './schedules.js';

const LOST_UPDATES: Pick<SimulationOptions, 'wrap'> = MUTANTS[0] as Required<Pick<SimulationOptions, 'wrap'>>;

describe('a simulation', { timeout: 60_000 }, () => {
  it.each([1, 2, 3, 4])('of %i processes gives the same run for the same seed', async (processes) => {
    const simulation = { seed: 4_711, processes, steps: 80 };
    const first = await simulateFleet(simulation);
    expect(await simulateFleet(simulation)).toEqual(first);
    expect(first.trace.length).toBeGreaterThan(100);
  });

  it('gives the same run also beside another one', async () => {
    const alone = await simulateFleet({ seed: 5 });
    const [beside] = await Promise.all([simulateFleet({ seed: 5 }), simulateFleet({ seed: 6 })]);
    expect(beside).toEqual(alone);
  });

  it('gives another run for another seed', async () => {
    const [one, other] = [await simulateFleet({ seed: 1 }), await simulateFleet({ seed: 2 })];
    expect(one.trace).not.toEqual(other.trace);
  });

  it('says what it was made of', async () => {
    const { seed, steps, calls, transitions, faults, violations } = await simulateFleet({ seed: 12, steps: 300 });
    expect({ seed, steps, violations }).toEqual({ seed: 12, steps: 300, violations: [] });
    expect(calls).toBeGreaterThan(100);
    expect(transitions).toBeGreaterThan(10);
    expect(faults).toBeGreaterThan(1);
  });

  it('has no faults where none are asked for', async () => {
    const { faults, trace } = await simulateFleet({ seed: 12, steps: 200, faults: false });
    expect(faults).toBe(0);
    expect(trace.some((line) => line.includes('degraded'))).toBe(false);
  });

  it('makes the steps of a given schedule', async () => {
    const { steps, trace } = await simulateFleet({ seed: 1, processes: 2, schedule: ONE_BAD_PROCESS });
    expect(steps).toBe(ONE_BAD_PROCESS.length);
    expect(trace[0]).toBe('0.0 calls process: 1, times: 1, lastsMs: 1, way: "plain"');
  });

  it('gives no ids away', async () => {
    const { trace } = await simulateFleet({ seed: 12, steps: 100 });
    for (const line of trace) expect(line).not.toMatch(/[0-9a-z]{12}/i);
  });

  it('gives a violation a small schedule, which shows it again', async () => {
    const simulation = { seed: 5, processes: 2, ...LOST_UPDATES };
    const { violations, steps } = await simulateFleet({ ...simulation, steps: 60 });
    const [violation] = violations;
    expect(violation?.step).toBe(steps);
    expect(violation?.schedule.length).toBeLessThan(10);
    const again = await simulateFleet({ ...simulation, schedule: violation?.schedule ?? [] });
    expect(again.violations.map(({ invariant }) => invariant)).toContain(violation?.invariant);
  });
});
