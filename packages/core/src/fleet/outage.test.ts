import { beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../test/fake-clock.js';
import { NOW, openRecord } from '../../test/fleet-records.js';
import { Outage } from './outage.js';
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

const lose = () => new Outage('orders', view, clock, () => 500);

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
  /** When it tries, so many times. */
  function triesAt(times: number, chance: number): readonly number[] {
    view = new View(
      () => clock.now(),
      () => chance,
    );
    const outage = lose();
    const at: number[] = [];
    const tryAgain = () => {
      at.push(clock.time - NOW);
      if (at.length < times) outage.retryLater(tryAgain);
    };
    outage.retryLater(tryAgain);
    clock.advance(60_000);
    return at;
  }

  it('come at longer and longer intervals, up to 5 s', () => {
    const intervals = triesAt(9, 0).map((at, index, all) => at - (all[index - 1] ?? 0));
    expect(intervals).toEqual([100, 200, 400, 800, 1_600, 3_200, 5_000, 5_000, 5_000]);
  });

  it('come by chance up to a fifth earlier', () => {
    expect(triesAt(3, 0.5)).toEqual([90, 270, 630]);
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

it('at its end there are no more tries, and no timer is left', () => {
  const outage = lose();
  let tries = 0;
  outage.retryLater(() => (tries += 1));
  outage.end();
  clock.advance(60_000);
  expect(tries).toBe(0);
  expect(clock.pending).toBe(0);
});
