import { describe, expect, it } from 'vitest';
import { FakeClock } from './fake-clock.js';

/** Sets a timer that writes its name down. */
function setTimers(clock: FakeClock, ...delaysMs: number[]): string[] {
  const ran: string[] = [];
  for (const [index, ms] of delaysMs.entries()) clock.setTimeout(() => ran.push(`${index} at ${clock.now()}`), ms);
  return ran;
}

it('starts where it is told, and stands still', () => {
  expect(new FakeClock().now()).toBe(0);
  const clock = new FakeClock(5_000);
  expect([clock.now(), clock.now()]).toEqual([5_000, 5_000]);
});

it.each([Number.NaN, Number.POSITIVE_INFINITY])('refuses to start at %s', (startAt) => {
  expect(() => new FakeClock(startAt)).toThrow(new RangeError(`startAt must be a finite number, but is ${startAt}`));
});

describe('advance', () => {
  it('runs the timers that fall due in order, at their instants', () => {
    const clock = new FakeClock(100);
    const ran = setTimers(clock, 30, 10, 20, 10, 0, -5, 31);
    clock.advance(30);
    expect(ran).toEqual(['4 at 100', '5 at 100', '1 at 110', '3 at 110', '2 at 120', '0 at 130']);
    expect([clock.now(), clock.pending]).toEqual([130, 1]);
  });

  it('runs timers that are set meanwhile', () => {
    const clock = new FakeClock();
    const instants: number[] = [];
    const again = () => {
      instants.push(clock.now());
      clock.setTimeout(again, 10);
    };
    clock.setTimeout(again, 10);
    clock.advance(35);
    expect(instants).toEqual([10, 20, 30]);
  });

  it('leaves out timers that were called off', () => {
    const clock = new FakeClock();
    const ran: number[] = [];
    const second = clock.setTimeout(() => ran.push(2), 10);
    clock.setTimeout(() => {
      ran.push(1);
      clock.clearTimeout(second);
    }, 5);
    clock.advance(10);
    clock.clearTimeout(second);
    clock.clearTimeout(undefined);
    expect([ran, clock.pending]).toEqual([[1], 0]);
  });

  it('lets no promise run', () => {
    const clock = new FakeClock();
    let hasRun = false;
    void Promise.resolve().then(() => {
      hasRun = true;
    });
    clock.advance(10);
    expect(hasRun).toBe(false);
  });

  it('passes on what a timer throws, stands there, and can be advanced again', () => {
    const clock = new FakeClock();
    clock.setTimeout(() => {
      throw new Error('broken timer');
    }, 5);
    expect(() => clock.advance(10)).toThrow('broken timer');
    expect(clock.now()).toBe(5);
    clock.advance(10);
    expect(clock.now()).toBe(15);
  });
});

describe('advanceAsync', () => {
  it('lets promises run before and between the timers, however long their chains', async () => {
    const clock = new FakeClock();
    const instants: number[] = [];
    const chain = async () => {
      for (let turn = 0; turn < 1_000; turn++) await undefined;
      instants.push(clock.now());
      clock.setTimeout(() => void chain(), 10);
    };
    void chain();
    await clock.advanceAsync(20);
    expect(instants).toEqual([0, 10, 20]);
    expect([clock.now(), clock.pending]).toEqual([20, 1]);
  });

  it('lets the promises of the last timer run', async () => {
    const clock = new FakeClock();
    let value = '';
    clock.setTimeout(() => {
      void Promise.resolve('settled').then((settled) => {
        value = settled;
      });
    }, 10);
    await clock.advanceAsync(10);
    expect(value).toBe('settled');
  });

  it('rejects with what a timer throws, and can be advanced again', async () => {
    const clock = new FakeClock();
    clock.setTimeout(() => {
      throw new Error('broken timer');
    }, 5);
    await expect(clock.advanceAsync(10)).rejects.toThrow('broken timer');
    await clock.advanceAsync(10);
    expect(clock.now()).toBe(15);
  });
});

describe('what cannot be', () => {
  it.each([-1, Number.NaN, Number.POSITIVE_INFINITY])('an advance by %s', async (ms) => {
    const clock = new FakeClock(7);
    const message = `ms must be a finite number of milliseconds of at least 0, but is ${ms}`;
    expect(() => clock.advance(ms)).toThrow(new RangeError(message));
    await expect(clock.advanceAsync(ms)).rejects.toThrow(new RangeError(message));
    expect(clock.now()).toBe(7);
  });

  it('an advance while advancing', async () => {
    const clock = new FakeClock();
    clock.setTimeout(() => clock.advance(1), 1);
    expect(() => clock.advance(1)).toThrow('The clock is being advanced already');
    const advancing = clock.advanceAsync(1);
    expect(() => clock.advance(1)).toThrow('The clock is being advanced already');
    await expect(clock.advanceAsync(1)).rejects.toThrow('The clock is being advanced already');
    await advancing;
    clock.advance(1);
    expect(clock.now()).toBe(3);
  });

  it('a timer that sets itself anew without end', async () => {
    const clock = new FakeClock(1e15);
    const again = (): unknown => clock.setTimeout(again, 0.01);
    again();
    const message = 'A timer sets itself anew without end: 10000 in a row were due when they were set';
    expect(() => clock.advance(1)).toThrow(message);
    await expect(clock.advanceAsync(1)).rejects.toThrow(message);
  });

  it('a timer without a function or a time', () => {
    const clock = new FakeClock();
    expect(() => clock.setTimeout(undefined as never, 1)).toThrow(
      new TypeError('run must be a function, but is undefined'),
    );
    expect(() => clock.setTimeout(() => {}, {} as never)).toThrow(
      new TypeError('ms must be a finite number, but is an object'),
    );
  });
});

it('runs any number of timers at one instant', () => {
  const clock = new FakeClock();
  const ran = setTimers(clock, ...Array.from({ length: 20_000 }, () => 5));
  clock.advance(5);
  expect(ran).toHaveLength(20_000);
});
