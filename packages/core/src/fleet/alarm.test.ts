import { beforeEach, expect, it } from 'vitest';
import { FakeClock } from '../../test/fake-clock.js';
import { Alarm } from './alarm.js';

let clock: FakeClock;
let ranAt: number[];
let alarm: Alarm;

beforeEach(() => {
  clock = new FakeClock(0);
  ranAt = [];
  alarm = new Alarm(clock, () => ranAt.push(clock.time));
});

it('runs once after its time', () => {
  alarm.set(50);
  clock.advance(49);
  expect([alarm.isSet, ranAt]).toEqual([true, []]);
  clock.advance(100);
  expect([alarm.isSet, ranAt]).toEqual([false, [50]]);
});

it('begins anew where it is set anew', () => {
  alarm.set(50);
  clock.advance(49);
  alarm.set(50);
  clock.advance(100);
  expect(ranAt).toEqual([99]);
});

it('does not run once it is cancelled, and leaves no timer', () => {
  alarm.set(50);
  alarm.cancel();
  expect([alarm.isSet, clock.pending]).toEqual([false, 0]);
  alarm.cancel();
});

it('can be set by what it runs', () => {
  const again: Alarm = new Alarm(clock, () => {
    ranAt.push(clock.time);
    if (ranAt.length < 3) again.set(10);
  });
  again.set(10);
  clock.advance(100);
  expect(ranAt).toEqual([10, 20, 30]);
});
