import { describe, expect, it } from 'vitest';
import { type SimulationOptions, simulateFleet } from './simulate-fleet.js';

describe('simulateFleet refuses', () => {
  it.each<[string, unknown, string]>([
    ['nothing', undefined, 'simulation must be an object with a seed, but is undefined'],
    ['no seed', {}, 'seed must be an integer, but is undefined'],
    ['half a seed', { seed: 1.5 }, 'seed must be an integer, but is 1.5'],
    ['no process', { seed: 1, processes: 0 }, 'processes must be an integer of at least 1, but is 0'],
    ['no steps', { seed: 1, steps: '9' }, 'steps must be an integer of at least 1, but is 9'],
    ['faults that are none', { seed: 1, faults: 'crash' }, 'faults must be true, false or an array of kinds'],
    [
      'an unknown fault',
      { seed: 1, faults: ['crush'] },
      'faults has an unknown kind "crush", expected: crash, suspend',
    ],
    ['options that are none', { seed: 1, options: 5 }, 'options must be options of a breaker, but is 5'],
    ['wrong options', { seed: 1, options: { maxTrials: 0 } }, 'maxTrials must be an integer of at least 1, but is 0'],
    ['a wrap that is none', { seed: 1, wrap: {} }, 'wrap must be a function'],
    ['a schedule that is none', { seed: 1, schedule: {} }, 'schedule must be an array of steps'],
    ['a step that is none', { seed: 1, schedule: [null] }, 'schedule[0] must be a step'],
    [
      'an unknown action',
      { seed: 1, schedule: [{ action: 'jump' }] },
      'schedule[0] has an unknown action "jump", expected: calls',
    ],
    [
      'a process that is not there',
      { seed: 1, processes: 2, schedule: [{ action: 'flush', process: 2 }] },
      'schedule[0] is of process 2, expected: an integer from 0 to 1',
    ],
  ])('%s', async (_, simulation, message) => {
    await expect(simulateFleet(simulation as SimulationOptions)).rejects.toThrow(message);
  });

  it('an error of wrap, which is passed on', async () => {
    const error = new Error('no wrapping');
    const wrap = () => {
      throw error;
    };
    await expect(simulateFleet({ seed: 1, wrap })).rejects.toBe(error);
  });
});
