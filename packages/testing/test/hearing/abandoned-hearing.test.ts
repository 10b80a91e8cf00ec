import { describe, expect, it } from 'vitest';
import { BusyFleet } from './busy-fleet.js';

/** A process fails until it has opened a hearing, and dies; the others have seen nothing. */
async function withAbandonedHearing(): Promise<BusyFleet> {
  const fleet = new BusyFleet(1, 4);
  await fleet.run(0, 100);
  fleet.world.setHealth(false, 0);
  for (let call = 0; call < 5; call++) fleet.world.place(0).call('plain', 1);
  await fleet.run(0, 100);
  expect(fleet.world.stored).toHaveProperty('hearingEndsAt');
  fleet.world.place(0).crash();
  return fleet;
}

describe('a hearing whose process died', () => {
  it.each([
    ['ten seconds', 10_000],
    ['an hour', 3_600_000],
  ])('trips no one %s later, at the failure of another', async (_, ms) => {
    const fleet = await withAbandonedHearing();
    await fleet.world.clock.advanceAsync(ms);
    fleet.world.setHealth(false, 1);
    fleet.world.place(1).call('plain', 1);
    fleet.world.place(2).call('plain', 1);
    fleet.world.place(3).call('plain', 1);
    await fleet.run(0, 2_000);
    expect(fleet.trips).toBe(0);
  });

  it('is ended by whoever fails next, where nobody succeeds', async () => {
    const fleet = await withAbandonedHearing();
    await fleet.world.clock.advanceAsync(500);
    fleet.world.setHealth(false, undefined);
    fleet.world.place(1).call('plain', 1);
    await fleet.run(0, 500);
    const [, ...others] = fleet.world.places;
    expect(fleet.trips).toBe(1);
    expect(others.map(({ breaker }) => breaker.state)).toEqual(['open', 'open', 'open']);
  });
});
