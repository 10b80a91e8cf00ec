import { describe, expect, it } from 'vitest';
import { call, fail, succeed } from './calls.js';
import { Fleet, HEARD, type Member } from './fleet.js';
import { expectNoUnhandledRejection } from './unhandled-rejections.js';

expectNoUnhandledRejection();

async function fleetOf(size: number): Promise<{ fleet: Fleet; members: Member[] }> {
  const fleet = new Fleet();
  for (let place = 0; place < size; place += 1) await fleet.join();
  return { fleet, members: fleet.members };
}

describe('a dependency that is down for all', () => {
  it('opens for all after failureThreshold failures of all together', async () => {
    const { fleet, members } = await fleetOf(5);
    for (const { breaker } of members) await fail(breaker);
    expect(fleet.states).toEqual(Array(5).fill('closed'));
    await fleet.pass(HEARD);
    expect(fleet.states).toEqual(Array(5).fill('open'));
    expect(fleet.record).toMatchObject({ state: 'open', trips: 1 });
    for (const { breaker } of members) expect(await call(breaker)).toBe('open');
  });

  it('does not open after one failure less', async () => {
    const { fleet, members } = await fleetOf(4);
    for (const { breaker } of members) await fail(breaker);
    await fleet.pass(HEARD);
    expect(fleet.states).toEqual(Array(4).fill('closed'));
    expect(fleet.record?.state).toBe('closed');
  });

  it('opens also where failures come one at a time', async () => {
    const { fleet, members } = await fleetOf(5);
    for (const { breaker } of members) {
      await fail(breaker);
      await fleet.pass(300);
    }
    await fleet.pass(HEARD);
    expect(fleet.states).toEqual(Array(5).fill('open'));
  });

  it('does not open before it has been heard', async () => {
    const { fleet, members } = await fleetOf(5);
    for (const { breaker } of members) await fail(breaker);
    await fleet.pass(149);
    expect(fleet.record?.state ?? 'closed').toBe('closed');
    for (const { breaker } of members) expect(await call(breaker)).toBe('success');
  });

  it('opens while everybody goes on failing, in time', async () => {
    const { fleet, members } = await fleetOf(8);
    await fleet.passWith(HEARD, 20, async () => {
      for (const { breaker } of members) await fail(breaker);
    });
    expect(fleet.states).toEqual(Array(8).fill('open'));
    expect(fleet.record).toMatchObject({ state: 'open', trips: 1 });
  });

  it('opens first for whose own failures meet the policy, at once', async () => {
    const { fleet, members } = await fleetOf(2);
    const [bad, other] = members as [Member, Member];
    await fail(bad.breaker, 5);
    expect(bad.breaker.snapshot()).toMatchObject({ state: 'open', scope: 'process', trips: 1 });
    expect(other.breaker.state).toBe('closed');
    await fleet.pass(HEARD);
    expect(bad.breaker.snapshot()).toMatchObject({ state: 'open', scope: 'fleet', trips: 1 });
    expect(other.breaker.snapshot()).toMatchObject({ state: 'open', scope: 'fleet', trips: 1 });
  });

  it('opens for a process that joins later', async () => {
    const { fleet, members } = await fleetOf(5);
    for (const { breaker } of members) await fail(breaker);
    await fleet.pass(HEARD);
    const { breaker } = await fleet.join();
    expect(await call(breaker)).toBe('open');
  });

  it('closes for all after one trial that succeeds', async () => {
    const { fleet, members } = await fleetOf(5);
    for (const { breaker } of members) await fail(breaker);
    await fleet.pass(HEARD + 60_000 + 200);
    expect(fleet.record?.state).toBe('open');
    await succeed((members[2] as Member).breaker);
    await fleet.settle();
    expect(fleet.states).toEqual(Array(5).fill('closed'));
    expect(fleet.record).toMatchObject({ state: 'closed', trips: 0 });
    for (const { breaker } of members) await succeed(breaker);
  });

  it('counts anew after it has closed', async () => {
    const { fleet, members } = await fleetOf(5);
    for (const { breaker } of members) await fail(breaker);
    await fleet.pass(HEARD);
    await (members[0] as Member).breaker.close();
    await fleet.settle();
    for (const { breaker } of members.slice(1)) await fail(breaker);
    await fleet.pass(HEARD);
    expect(fleet.states).toEqual(Array(5).fill('closed'));
  });
});
