import { describe, expect, it } from 'vitest';
import { call, fail, succeed } from './calls.js';
import { dueFleet } from './due-fleet.js';
import { Fleet, HEARD, type Member } from './fleet.js';
import { expectNoUnhandledRejection } from './unhandled-rejections.js';

expectNoUnhandledRejection();

/** Each change that a process was told of: `closed>open fleet local tripped`, without the reason where another made it. */
function changes({ recorder }: Member): string[] {
  return recorder.of('state-change').map(({ from, to, scope, origin, reason }) => {
    const change = `${from}>${to} ${scope} ${origin}`;
    return origin === 'local' ? `${change} ${reason}` : change;
  });
}

describe('a change of state is told', () => {
  it('once where it opens for this process, once more where it opens for all', async () => {
    const fleet = new Fleet();
    const bad = await fleet.join();
    const other = await fleet.join();
    await fail(bad.breaker, 5);
    expect(changes(bad)).toEqual(['closed>open process local tripped']);
    await fleet.pass(HEARD);
    expect(changes(bad)).toEqual(['closed>open process local tripped', 'open>open fleet local tripped']);
    expect(changes(other)).toEqual(['closed>open fleet remote']);
  });

  it('as remote where what had opened for this process is opened for all by another', async () => {
    const fleet = new Fleet();
    const bad = await fleet.join();
    const other = await fleet.join();
    await fail(bad.breaker, 5);
    await other.breaker.open();
    await fleet.pass(HEARD);
    expect(changes(bad)).toEqual(['closed>open process local tripped', 'open>open fleet remote']);
    expect(changes(other)).toEqual(['closed>open fleet local manual']);
  });

  it('with its scope, origin and reason, through a whole round', async () => {
    const [fleet, first, second] = await dueFleet();
    await fail(first.breaker);
    await fleet.settle();
    expect(changes(first)).toEqual(['open>half-open fleet local trial-due', 'half-open>open fleet local trial-failed']);
    expect(changes(second)).toEqual(['open>half-open fleet remote', 'half-open>open fleet remote']);
    await fleet.pass(10_200);
    for (const { recorder } of fleet.members) recorder.clear();
    await succeed(second.breaker);
    await fleet.settle();
    expect(changes(second)).toEqual([
      'open>half-open fleet local trial-due',
      'half-open>closed fleet local trial-succeeded',
    ]);
    expect(changes(first)).toEqual(['open>half-open fleet remote', 'half-open>closed fleet remote']);
  });

  it('with the epoch of whose state has changed', async () => {
    const fleet = new Fleet({ resetTimeoutMs: 2_000 });
    const a = await fleet.join();
    const b = await fleet.join();
    await fail(a.breaker, 5);
    await fleet.pass(HEARD + 2_200);
    await succeed(a.breaker);
    await fleet.settle();
    await b.breaker.open();
    await fleet.settle();
    for (const { recorder } of [a, b]) {
      const epochs = recorder.of('state-change').flatMap(({ scope, epoch }) => (scope === 'fleet' ? [epoch] : []));
      expect(epochs).toEqual([1, 2, 3, 4]);
    }
    expect(fleet.record?.epoch).toBe(4);
  });

  it('locally by one process only, remotely once by every other', async () => {
    const fleet = new Fleet();
    for (let place = 0; place < 6; place += 1) await fleet.join();
    for (const { breaker } of fleet.members) await fail(breaker);
    await fleet.pass(HEARD);
    const told = fleet.members.flatMap(changes);
    expect(told.filter((change) => change === 'closed>open fleet local tripped')).toHaveLength(1);
    expect(told.filter((change) => change === 'closed>open fleet remote')).toHaveLength(5);
    expect(told).toHaveLength(6);
  });

  it('after its commit, never before', async () => {
    const fleet = new Fleet();
    const { breaker, link, recorder } = await fleet.join();
    link.delay(100);
    const ruling = breaker.open();
    await fleet.pass(49);
    expect(recorder.of('state-change')).toEqual([]);
    expect(breaker.state).toBe('closed');
    await fleet.pass(51);
    await ruling;
    expect(recorder.states).toEqual(['open']);
  });

  it('and the breaker shows the new state already', async () => {
    const fleet = new Fleet();
    const shown: string[] = [];
    const a = await fleet.join();
    await fleet.join({ listeners: [{ onStateChange: ({ breaker }) => void shown.push(breaker.state) }] });
    await a.breaker.open();
    await a.breaker.isolate();
    await fleet.settle();
    await a.breaker.close();
    await fleet.settle();
    expect(shown).toEqual(['open', 'isolated', 'closed']);
  });

  it('as one event where epochs in between were never seen', async () => {
    const fleet = new Fleet();
    const a = await fleet.join();
    const b = await fleet.join();
    b.link.dropPushes();
    await a.breaker.open();
    await a.breaker.halfOpen();
    await a.breaker.isolate();
    await fleet.passWith(10_000, 500, () => b.breaker.state);
    expect(changes(b)).toEqual(['closed>isolated fleet remote']);
  });

  it('not at all where nothing shown has changed', async () => {
    const fleet = new Fleet();
    const a = await fleet.join();
    const b = await fleet.join();
    b.link.dropPushes();
    await a.breaker.open();
    await a.breaker.close();
    await fleet.passWith(10_000, 500, () => b.breaker.state);
    expect(changes(b)).toEqual([]);
    await a.breaker.close();
    await b.breaker.close();
    await fleet.settle();
    expect(changes(a)).toEqual(['closed>open fleet local manual', 'open>closed fleet local manual']);
    expect(changes(b)).toEqual([]);
  });

  it('as one chain: what it was is what was told last', async () => {
    const fleet = new Fleet({ resetTimeoutMs: 1_000 });
    const a = await fleet.join();
    const b = await fleet.join();
    for (let round = 0; round < 10; round += 1) {
      await fail(a.breaker, 6);
      await fleet.pass(HEARD + 1_200);
      await call(b.breaker);
      await (round % 3 === 0 ? b.breaker.close() : fail(a.breaker));
      await fleet.pass(300);
    }
    for (const { breaker, recorder } of fleet.members) {
      let state = 'closed';
      for (const { from, to, scope } of recorder.of('state-change')) {
        expect(from).toBe(state);
        if (from === to) expect([from, scope]).toEqual(['open', 'fleet']);
        state = to;
      }
      expect(breaker.state).toBe(state);
    }
  });
});
