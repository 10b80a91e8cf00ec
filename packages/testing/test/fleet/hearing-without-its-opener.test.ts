import { describe, expect, it } from 'vitest';
import { fail, succeed } from './calls.js';
import { Fleet, HEARD, type Member } from './fleet.js';
import { expectNoUnhandledRejection } from './unhandled-rejections.js';

expectNoUnhandledRejection();

/** A process opens a hearing and dies before its end. */
async function orphanedHearing(): Promise<{ fleet: Fleet; second: Member; third: Member }> {
  const fleet = new Fleet();
  const opener = await fleet.join();
  const second = await fleet.join();
  const third = await fleet.join();
  await fail(opener.breaker, 5);
  await opener.breaker.flush();
  expect(fleet.record?.hearingEndsAt).toBeDefined();
  opener.crash();
  return { fleet, second, third };
}

describe('a hearing that nobody ended', () => {
  it('trips no one by itself', async () => {
    const { fleet, second } = await orphanedHearing();
    await fleet.pass(5_000);
    expect(second.breaker.state).toBe('closed');
    expect(fleet.record?.state).toBe('closed');
  });

  it('trips by the next failure soon after its end', async () => {
    const { fleet, second, third } = await orphanedHearing();
    await fleet.pass(300);
    await fail(second.breaker);
    await fleet.pass(110);
    expect([second.breaker.state, third.breaker.state]).toEqual(['open', 'open']);
  });

  it('is over for good after ten times its length: a failure then is heard first', async () => {
    const { fleet, second, third } = await orphanedHearing();
    await fleet.pass(1_800);
    await fail(second.breaker);
    await second.breaker.flush();
    expect(second.breaker.state).toBe('closed');
    await succeed(third.breaker);
    await fleet.pass(HEARD);
    expect([second.breaker.state, third.breaker.state]).toEqual(['closed', 'closed']);
  });

  it('trips no one an hour later', async () => {
    const { fleet, second, third } = await orphanedHearing();
    await fleet.pass(3_600_000);
    await fail(second.breaker);
    await fleet.passWith(HEARD, 50, () => succeed(third.breaker));
    expect([second.breaker.state, third.breaker.state]).toEqual(['closed', 'closed']);
    expect(fleet.record?.state ?? 'closed').toBe('closed');
  });

  it('trips no one an hour later in a storage that keeps records for longer', async () => {
    const { fleet, second, third } = await orphanedHearing();
    const { keepUntilAt, ...kept } = fleet.record ?? {};
    expect(keepUntilAt).toBeDefined();
    await fleet.pass(3_600_000);
    fleet.storage.corrupt('orders', kept);
    await fail(second.breaker);
    await second.breaker.flush();
    expect(fleet.record?.state).toBe('closed');
    await fleet.passWith(HEARD, 50, () => succeed(third.breaker));
    expect([second.breaker.state, third.breaker.state]).toEqual(['closed', 'closed']);
  });

  it('is lifted by a success while it is on, as any other', async () => {
    const { fleet, second, third } = await orphanedHearing();
    await succeed(third.breaker);
    await fleet.pass(HEARD);
    await fail(second.breaker);
    await fleet.pass(HEARD);
    expect([second.breaker.state, third.breaker.state]).toEqual(['closed', 'closed']);
  });
});

describe('a hearing whose opener lives', () => {
  it('is ended by it, when nobody calls any more', async () => {
    const fleet = new Fleet();
    const opener = await fleet.join();
    const other = await fleet.join();
    await fail(opener.breaker, 5);
    await fleet.pass(HEARD);
    expect(fleet.record?.state).toBe('open');
    expect(other.asked.updates).toBe(0);
  });

  it('is ended by it where its own five were not its own alone', async () => {
    const fleet = new Fleet();
    const [first, second] = [await fleet.join(), await fleet.join()];
    await fail(first.breaker, 3);
    await first.breaker.flush();
    await fail(second.breaker, 2);
    await second.breaker.flush();
    expect(fleet.record?.hearingEndsAt).toBeDefined();
    expect([first.breaker.state, second.breaker.state]).toEqual(['closed', 'closed']);
    await fleet.pass(150 + 60);
    expect([first.breaker.state, second.breaker.state]).toEqual(['open', 'open']);
    expect(second.asked.writes).toBe(2);
    expect(first.asked.writes).toBe(1);
  });
});
