import { CircuitStorageError, failureRate } from '@breaker/core';
import { describe, expect, it } from 'vitest';
import { call, fail, succeed } from './calls.js';
import { CIRCUIT, Fleet, HEARD } from './fleet.js';
import { expectNoUnhandledRejection } from './unhandled-rejections.js';

expectNoUnhandledRejection();

/** A record as the fleet writes it. */
async function anOpenRecord(): Promise<Record<string, unknown>> {
  const fleet = new Fleet();
  await (await fleet.join()).breaker.open();
  return { ...fleet.record };
}

const spoilings: [string, (record: Record<string, unknown>) => unknown][] = [
  ['a string', () => 'open'],
  ['a number', () => 5],
  ['null', () => null],
  ['a list', () => []],
  ['an empty object', () => ({})],
  ['of a newer schema', (record) => ({ ...record, schema: Number(record.schema) + 1 })],
  ['of a newer schema, all else unknown', () => ({ schema: 1_000, circuits: [] })],
  ['without a schema', ({ schema: _, ...rest }) => rest],
  ['without a state', ({ state: _, ...rest }) => rest],
  ['of an unknown state', (record) => ({ ...record, state: 'ajar' })],
  ['with an epoch that is no number', (record) => ({ ...record, epoch: '1' })],
  ['without a revision', ({ revision: _, ...rest }) => rest],
  ['open without an end', ({ openUntilAt: _, ...rest }) => rest],
  ['half-open without leases', (record) => ({ ...record, state: 'half-open' })],
];

describe.each(spoilings)('a record that cannot be read: %s', (_, spoil) => {
  it('degrades those who find it, once, and is never overwritten', async () => {
    const fleet = new Fleet();
    const record = spoil(await anOpenRecord());
    fleet.storage.corrupt(CIRCUIT, record);
    const { breaker, recorder } = await fleet.join();
    expect(breaker.snapshot()).toMatchObject({ state: 'closed', degraded: true });
    await succeed(breaker);
    await fail(breaker, 7);
    expect(breaker.state).toBe('open');
    await fleet.pass(HEARD);
    await breaker.isolate().catch(() => undefined);
    await fleet.passWith(60_000, 1_000, () => call(breaker));
    await breaker.flush();
    expect(recorder.of('storage-degraded')).toHaveLength(1);
    expect(recorder.of('storage-recovered')).toEqual([]);
    expect(fleet.storage.record(CIRCUIT)).toEqual(record);
    await breaker.dispose();
    expect(fleet.storage.record(CIRCUIT)).toEqual(record);
  });

  it('is found by an update, too, and not overwritten', async () => {
    const fleet = new Fleet();
    const { breaker, recorder } = await fleet.join();
    const record = spoil(await anOpenRecord());
    fleet.storage.corrupt(CIRCUIT, record);
    await expect(breaker.open()).rejects.toMatchObject({ reason: 'unreadable', mayHaveBeenApplied: false });
    expect(breaker.snapshot().degraded).toBe(true);
    expect(recorder.of('storage-degraded')).toHaveLength(1);
    expect(recorder.of('storage-degraded')[0]?.error).toBeInstanceOf(CircuitStorageError);
    expect(fleet.storage.record(CIRCUIT)).toEqual(record);
  });

  it('is left behind once it is gone', async () => {
    const fleet = new Fleet();
    fleet.storage.corrupt(CIRCUIT, spoil(await anOpenRecord()));
    const { breaker, recorder } = await fleet.join();
    fleet.storage.forget();
    await fleet.pass(10_000);
    expect(breaker.snapshot().degraded).toBe(false);
    expect(recorder.of('storage-recovered')).toHaveLength(1);
    await breaker.open();
    expect(fleet.record?.state).toBe('open');
  });
});

describe('a record that is odd and can be read', () => {
  it('a keepUntilAt that is no finite number counts as absent', async () => {
    for (const keepUntilAt of ['soon', null, {}]) {
      const fleet = new Fleet();
      fleet.storage.corrupt(CIRCUIT, { ...(await anOpenRecord()), keepUntilAt });
      const { breaker } = await fleet.join();
      expect(breaker.snapshot()).toMatchObject({ state: 'open', degraded: false });
    }
  });

  it('fields that nobody knows do no harm', async () => {
    const fleet = new Fleet();
    fleet.storage.corrupt(CIRCUIT, { ...(await anOpenRecord()), colour: 'red' });
    expect((await fleet.join()).breaker.snapshot()).toMatchObject({ state: 'open', degraded: false });
  });

  it("a closed one that remembers under another policy's key begins with nothing remembered", async () => {
    const fleet = new Fleet();
    const a = await fleet.join({ failureThreshold: 9 });
    await fail(a.breaker, 4);
    await a.breaker.flush();
    const b = await fleet.join({ trip: failureRate({ threshold: 1, windowMs: 9_000, minimumCalls: 2 }) });
    await fail(b.breaker);
    await fleet.pass(HEARD);
    expect(fleet.states).toEqual(['closed', 'closed']);
    expect(b.breaker.snapshot().degraded).toBe(false);
  });
});
