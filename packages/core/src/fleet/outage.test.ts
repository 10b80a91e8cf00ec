import { beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../test/fake-clock.js';
import { NOW, openRecord } from '../../test/fleet-records.js';
import { Settings } from '../settings.js';
import type { RecordChange } from '../storage/circuit-storage.js';
import { MemoryStorage } from '../storage/memory-storage.js';
import type { FleetHost } from './fleet-host.js';
import { Outage } from './outage.js';
import type { Answer } from './storage-access.js';
import { View } from './view.js';

let clock: FakeClock;
let view: View;

beforeEach(() => {
  clock = new FakeClock(NOW);
  view = new View(
    () => clock.now(),
    () => 0,
  );
});

const ANSWER: Answer = { record: undefined, now: NOW };

/** The storage is lost; it answers nobody, unless it is told to. */
function lose(ask: () => Promise<Answer> = () => Promise.reject(new Error('down'))) {
  const comebacks: number[] = [];
  const host = { name: 'orders', settings: Settings.of({ storage: new MemoryStorage(), clock }) } as FleetHost;
  const outage = new Outage(host, view, ask, () => comebacks.push(clock.time - NOW));
  outage.begin();
  return Object.assign(outage, { comebacks });
}

describe('in place of the storage', () => {
  const write = (outage: Outage, change: RecordChange) => outage.update('orders', change);

  it('is what this process knows, at the time of the storage that was lost', async () => {
    view.setStorageTime(NOW + 70);
    view.adopt(openRecord());
    const seen: unknown[] = [];
    const look = (...all: unknown[]) => void seen.push(all);
    expect(await write(lose(), look as never)).toEqual({ record: openRecord(), now: NOW + 70 });
    clock.advance(5);
    expect(await write(lose(), look as never)).toMatchObject({ now: NOW + 75 });
    expect(seen).toEqual([
      [openRecord(), NOW + 70],
      [openRecord(), NOW + 75],
    ]);
  });

  it('is nothing where it knew nothing, or what need not be kept any more', async () => {
    expect(await write(lose(), () => undefined)).toEqual({ record: undefined, now: NOW });
    view.adopt(openRecord({ keepUntilAt: NOW - 1 }));
    expect(await write(lose(), () => undefined)).toEqual({ record: undefined, now: NOW });
    view.adopt(openRecord({ keepUntilAt: NOW }));
    expect(await write(lose(), () => undefined)).toMatchObject({ record: { state: 'open' } });
  });

  it('is written what a change gives, which does not change what the storage held when it went', async () => {
    view.adopt(openRecord());
    const outage = lose();
    const changed = { ...openRecord({ revision: 8 }) };
    expect(await write(outage, () => changed)).toEqual({ record: changed, now: NOW });
    view.adopt(openRecord({ revision: 8 }));
    expect(view.left).toEqual(openRecord());
    outage.end();
    expect(view.left).toBeUndefined();
  });
});

describe('tries', () => {
  /** When it tries. */
  async function triesAt(times: number, chance: number): Promise<readonly number[]> {
    view = new View(
      () => clock.now(),
      () => chance,
    );
    const at: number[] = [];
    lose(async () => {
      at.push(clock.time - NOW);
      throw new Error('down');
    });
    await clock.advanceAsync(60_000);
    return at.slice(0, times);
  }

  it('come at longer and longer intervals, up to 5 s', async () => {
    const intervals = (await triesAt(9, 0)).map((at, index, all) => at - (all[index - 1] ?? 0));
    expect(intervals).toEqual([100, 200, 400, 800, 1_600, 3_200, 5_000, 5_000, 5_000]);
  });

  it('come by chance up to a fifth earlier', async () => {
    expect(await triesAt(3, 0.5)).toEqual([90, 270, 630]);
  });

  it('end with the first answer, which is told of', async () => {
    const outage = lose(async () => ANSWER);
    await clock.advanceAsync(60_000);
    expect(outage.comebacks).toEqual([100]);
    expect(outage.comeback).toEqual(ANSWER);
    expect(clock.pending).toBe(0);
  });

  it('go on at the pace of the last outage where that has just ended', async () => {
    let isBack = false;
    const outage = lose(async () => {
      if (isBack) return ANSWER;
      throw new Error('down');
    });
    await clock.advanceAsync(650);
    outage.end();
    isBack = true;
    outage.begin();
    await clock.advanceAsync(60_000);
    expect(outage.comebacks).toEqual([650 + 800]);
    outage.end();
    clock.advance(10_000);
    outage.begin();
    const before = clock.time - NOW;
    await clock.advanceAsync(60_000);
    expect(outage.comebacks.slice(1)).toEqual([before + 100]);
  });
});

describe('the circuit has gone on alone', () => {
  it('as soon as another epoch has begun', () => {
    view.adopt(openRecord());
    lose();
    view.adopt(openRecord({ revision: 8 }));
    expect(view.hasGoneOn).toBe(false);
    view.adopt(openRecord({ epoch: 5 }));
    expect(view.hasGoneOn).toBe(true);
  });

  it('also where there was no record to begin with', () => {
    lose();
    expect(view.hasGoneOn).toBe(false);
    view.adopt(openRecord());
    expect(view.hasGoneOn).toBe(true);
  });
});

describe('at its end', () => {
  it('there are no more tries, and no timer is left', async () => {
    let tries = 0;
    const outage = lose(async () => {
      tries += 1;
      return ANSWER;
    });
    outage.end();
    await clock.advanceAsync(60_000);
    expect([tries, clock.pending]).toEqual([0, 0]);
  });

  it('an answer that comes late is not heard', async () => {
    let answer!: (answer: Answer) => void;
    const outage = lose(
      () =>
        new Promise((resolve) => {
          answer = resolve;
        }),
    );
    clock.advance(100);
    outage.end();
    answer(ANSWER);
    await clock.advanceAsync(60_000);
    expect([outage.comebacks, outage.comeback, clock.pending]).toEqual([[], undefined, 0]);
  });
});
