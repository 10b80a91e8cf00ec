import { failureRate, shareTrips } from '@breaker/core';
import { describe, expect, it } from 'vitest';
import { BusyFleet } from './busy-fleet.js';

const WINDOW = { trip: failureRate({ threshold: 0.5, windowMs: 2_000, minimumCalls: 20 }) };

async function msUntilOpenForAll(fleet: BusyFleet, callsPerSecond: number): Promise<number> {
  await fleet.run(callsPerSecond, 3_000);
  fleet.world.setHealth(false, undefined);
  return fleet.run(callsPerSecond, 30_000, () => fleet.showing('open') === fleet.world.places.length);
}

describe('a dependency that is down for all', () => {
  it.each([
    ['consecutive failures', 4, 50, {}, 400],
    ['consecutive failures', 20, 20, {}, 400],
    ['consecutive failures', 200, 10, {}, 400],
    ['consecutive failures', 4, 5, {}, 1_000],
    ['consecutive failures', 3, 1, {}, 4_000],
    ['a window', 20, 20, WINDOW, 2_000],
    ['a window', 200, 10, WINDOW, 2_000],
    ['one open circuit', 20, 20, { sharing: shareTrips() }, 600],
  ])(
    'opens for all, judged by %s, among %i processes of %i calls a second',
    { timeout: 60_000 },
    async (_, processes, calls, options, most) => {
      for (const seed of [1, 2, 3]) {
        expect(await msUntilOpenForAll(new BusyFleet(seed, processes, options), calls)).toBeLessThan(most);
      }
    },
  );

  it('opens for all at as many failures of the whole fleet as the threshold says', async () => {
    const fleet = new BusyFleet(1, 5);
    await fleet.run(0, 100);
    fleet.world.setHealth(false, undefined);
    for (const process of fleet.world.places.slice(0, 4)) process.call('plain', 1);
    await fleet.run(0, 2_000);
    expect([fleet.trips, fleet.showing('closed')]).toEqual([0, 5]);
    fleet.world.place(4).call('plain', 1);
    await fleet.run(0, 300);
    expect([fleet.trips, fleet.showing('open')]).toEqual([1, 5]);
  });

  it('does not trip where one call in a hundred fails', async () => {
    const fleet = new BusyFleet(1, 20);
    for (let failure = 0; failure < 60; failure++) {
      fleet.world.setHealth(false, undefined);
      fleet.world.place(failure % 20).call('sync', 0);
      fleet.world.setHealth(true, undefined);
      await fleet.run(20, 250);
    }
    expect([fleet.trips, fleet.showing('closed')]).toEqual([0, 20]);
  });
});
