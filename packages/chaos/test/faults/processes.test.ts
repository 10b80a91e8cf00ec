import { until } from '@breaker/redis-server-for-tests';
import { describeOnRedis } from '@breaker/redis-server-for-tests/on-redis';
import { expect, it } from 'vitest';
import type { Member } from '../../src/index.js';
import { itHasKeptItsPromises, shareFleet } from './shared-fleet.js';

const TRIAL_TIMEOUT_MS = 1_000;

describeOnRedis('Processes of which one fails', () => {
  const shared = shareFleet({
    processes: 3,
    breaker: { resetTimeoutMs: 300, trialTimeoutMs: TRIAL_TIMEOUT_MS },
  });

  it('find a free place again when the holder of the only lease is killed, under traffic of the others', async () => {
    const others = [...shared.members];
    const doomed = await shared.addHolderOfTheLease();
    await Promise.all(others.map((each) => each.look())); // now they have told of all their trials so far
    const before = trialsOf(others);
    await shared.fleet.kill(doomed);
    expect(trialsOf(others)).toBe(before);
    await shared.untilAll('closed');
    expect(trialsOf(others)).toBe(before + 1);
  });

  it('go on when a holder is suspended until its lease is long over, and what it then says changes nothing', async () => {
    const others = [...shared.members];
    const sleeper = await shared.addHolderOfTheLease();
    shared.fleet.freeze(sleeper);
    await shared.untilAll('closed', others);
    const { epoch } = await shared.stored();
    shared.fleet.thaw(sleeper);
    await shared.untilAll('closed', [sleeper]);
    await shared.fleet.end([sleeper]); // all that it had to say is said
    expect(await shared.stored()).toMatchObject({ state: 'closed', epoch });
    await shared.untilAll('closed');
  });

  it('can be ruled while a trial runs: nothing is locked by it', async () => {
    const holder = await shared.addHolderOfTheLease();
    await shared.members[0]?.rule('isolate');
    await shared.untilAll('isolated');
    await shared.members[1]?.rule('close');
    await shared.untilAll('closed');
    await shared.fleet.kill(holder);
  });

  it('are not tripped again by what one had to report of before it was suspended', async () => {
    const others = [...shared.members];
    const patient = { failureThreshold: 1_000, shareOutcomes: { flushIntervalMs: 60_000 } };
    const sleeper = await shared.fleet.add(patient);
    sleeper.meet('down');
    await until('it has failed often', () => failuresOf(sleeper) > 20);
    shared.fleet.freeze(sleeper);
    shared.meet('down', others);
    await shared.untilOpenForAll(others);
    shared.meet('up', others);
    await shared.untilAll('closed', others);
    const { epoch } = await shared.stored();
    shared.fleet.thaw(sleeper);
    await shared.fleet.end([sleeper]); // it reports what it has
    expect(await shared.stored()).toMatchObject({ state: 'closed', epoch, memory: 0 });
  });

  it('open although the process whose report opened the hearing is killed', async () => {
    const others = [...shared.members];
    shared.meet('unused', others);
    const doomed = await shared.fleet.add();
    doomed.meet('down');
    await until('a hearing is on', async () => (await shared.stored()).hearingEndsAt !== undefined);
    await shared.fleet.kill(doomed);
    expect(others.map(({ state }) => state)).toEqual(['closed', 'closed', 'closed']);
    shared.meet('down', others);
    await shared.untilOpenForAll();
    shared.meet('up');
    await shared.untilAll('closed');
  });

  it('stay closed where one alone fails, which is open for itself', async () => {
    const [broken, ...others] = shared.members as [Member, ...Member[]];
    const { epoch } = await shared.stored();
    shared.meet('down', [broken]);
    await shared.untilAll('open', [broken]);
    await until('a hearing is over that others have lifted', async () => {
      const { hearingEndsAt } = await shared.stored();
      return hearingEndsAt === undefined && broken.scope === 'process' && broken.trials > 2;
    });
    expect(others.map(({ state }) => state)).toEqual(['closed', 'closed']);
    expect(await shared.stored()).toMatchObject({ state: 'closed', epoch });
    shared.meet('up');
    await shared.untilAll('closed');
  });

  itHasKeptItsPromises(shared);

  function failuresOf({ name }: Member): number {
    const events = shared.fleet.history().filter(({ by }) => by === name);
    return events.filter((event) => event.type === 'called' && event.outcome === 'failure').length;
  }

  function trialsOf(members: readonly Member[]): number {
    return members.reduce((sum, { trials }) => sum + trials, 0);
  }
});
