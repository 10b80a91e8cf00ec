import { beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../test/fake-clock.js';
import { NOW, openRecord } from '../../test/fleet-records.js';
import { Settings } from '../settings.js';
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
function lose(ask: (ruling: unknown) => Promise<Answer> = () => Promise.reject(new Error('down')), last?: Outage) {
  const comebacks: number[] = [];
  const host = { name: 'orders', settings: Settings.of({ storage: new MemoryStorage(), clock }) } as FleetHost;
  const outage = new Outage(host, view, ask, () => comebacks.push(clock.time - NOW), last);
  return Object.assign(outage, { comebacks });
}

describe('the private storage', () => {
  it('begins with what this process knew, at the time of the storage that was lost', async () => {
    view.setStorageTime(NOW + 70);
    view.adopt(openRecord());
    const outage = lose();
    expect(await outage.access.read()).toEqual({ record: openRecord(), now: NOW + 70 });
    clock.advance(5);
    expect(await outage.access.read()).toMatchObject({ now: NOW + 75 });
  });

  it('begins empty where it knew nothing', async () => {
    expect(await lose().access.read()).toEqual({ record: undefined, now: NOW });
  });

  it('does not change what this process knew', async () => {
    view.adopt(openRecord());
    const outage = lose();
    await outage.access.update(() => ({ ...openRecord({ revision: 8 }) }));
    expect(outage.left).toEqual(openRecord());
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
    expect(outage.comeback).toEqual({ answer: ANSWER, ruling: undefined });
    expect(clock.pending).toBe(0);
  });

  it('ask with the ruling that is in force then', async () => {
    const asked: unknown[] = [];
    const outage = lose(async (ruling) => {
      asked.push(ruling);
      return ANSWER;
    });
    outage.noteRuling({ type: 'isolate' });
    await clock.advanceAsync(100);
    expect(asked).toEqual([{ type: 'isolate' }]);
    expect(outage.comeback).toEqual({ answer: ANSWER, ruling: { type: 'isolate' } });
  });

  it('go on at the pace of the last outage where that has just ended', async () => {
    const last = lose();
    await clock.advanceAsync(650);
    last.end();
    const again = lose(async () => ANSWER, last);
    await clock.advanceAsync(60_000);
    expect(again.comebacks).toEqual([650 + 800]);
    again.end();
    clock.advance(10_000);
    const later = lose(async () => ANSWER, again);
    const before = clock.time - NOW;
    await clock.advanceAsync(60_000);
    expect(later.comebacks).toEqual([before + 100]);
  });
});

describe('a ruling that was made meanwhile', () => {
  const ruling = { type: 'isolate' } as const;

  it('is in force as long as its epoch lasts', () => {
    const outage = lose();
    expect(outage.rulingInForce).toBeUndefined();
    view.adopt(openRecord({ epoch: 5 }));
    outage.noteRuling(ruling);
    expect(outage.rulingInForce).toBe(ruling);
    view.adopt(openRecord({ epoch: 5, era: 'other' }));
    expect(outage.rulingInForce).toBeUndefined();
  });

  it('gives way to a later one', () => {
    const outage = lose();
    for (const [epoch, type] of [
      [5, 'isolate'],
      [6, 'close'],
    ] as const) {
      view.adopt(openRecord({ epoch }));
      outage.noteRuling({ type });
    }
    expect(outage.rulingInForce).toEqual({ type: 'close' });
  });
});

describe('the circuit has gone on alone', () => {
  it('as soon as another epoch has begun', () => {
    view.adopt(openRecord());
    const outage = lose();
    view.adopt(openRecord({ revision: 8 }));
    expect(outage.hasGoneOn).toBe(false);
    view.adopt(openRecord({ epoch: 5 }));
    expect(outage.hasGoneOn).toBe(true);
  });

  it('also where there was no record to begin with', () => {
    const outage = lose();
    expect(outage.hasGoneOn).toBe(false);
    view.adopt(openRecord());
    expect(outage.hasGoneOn).toBe(true);
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
