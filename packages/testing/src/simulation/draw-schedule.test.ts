import { describe, expect, it } from 'vitest';
import { drawSchedule } from './draw-schedule.js';
import { FAULT_KINDS } from './fault-kind.js';

const EVERYTHING = { processes: 4, steps: 60, faults: FAULT_KINDS };
const many = Array.from({ length: 400 }, (_, seed) => drawSchedule(seed, EVERYTHING));

describe('a schedule', () => {
  it('is the same for the same seed, and plain data', () => {
    const schedule = drawSchedule(7, EVERYTHING);
    expect(drawSchedule(7, EVERYTHING)).toEqual(schedule);
    expect(JSON.parse(JSON.stringify(schedule))).toEqual(schedule);
    expect(drawSchedule(8, EVERYTHING)).not.toEqual(schedule);
  });

  it('has as many steps as were asked for, of processes that there are', () => {
    for (const schedule of many) {
      expect(schedule).toHaveLength(60);
      const processes = schedule.flatMap((step) => ('process' in step ? [step.process] : []));
      expect([0, 1, 2, 3, undefined]).toEqual(expect.arrayContaining([...new Set(processes)]));
    }
  });

  it('is made of every action and every fault, sooner or later', () => {
    const steps = many.flat();
    const actions = new Set(steps.map(({ action }) => action));
    expect([...actions].sort()).toEqual(
      ['calls', 'configure', 'fault', 'flush', 'heal', 'health', 'remake', 'ruling', 'time'].sort(),
    );
    const faults = new Set(steps.flatMap((step) => (step.action === 'fault' ? [step.fault] : [])));
    expect([...faults].sort()).toEqual([...FAULT_KINDS].sort());
  });

  it('is often calm', () => {
    const calm = many.filter((schedule) => schedule.every(({ action }) => action !== 'fault'));
    expect(calm.length).toBeGreaterThan(50);
    expect(calm.length).toBeLessThan(200);
  });

  it('has only the faults that may occur', () => {
    const faults = Array.from({ length: 100 }, (_, seed) => drawSchedule(seed, { ...EVERYTHING, faults: ['crash'] }))
      .flat()
      .flatMap((step) => (step.action === 'fault' ? [step.fault] : []));
    expect(new Set(faults)).toEqual(new Set(['crash']));
    const none = Array.from({ length: 50 }, (_, seed) => drawSchedule(seed, { ...EVERYTHING, faults: [] })).flat();
    expect(none.some(({ action }) => action === 'fault' || action === 'heal')).toBe(false);
  });
});
