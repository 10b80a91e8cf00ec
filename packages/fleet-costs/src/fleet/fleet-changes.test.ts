import { CircuitBreaker, MemoryStorage } from '@breaker/core';
import { expect, it } from 'vitest';
import { FleetChanges } from './fleet-changes.js';

it('tell apart who has made a change, and wait for the one that is asked for', async () => {
  const storage = new MemoryStorage();
  const [mine, theirs] = [new FleetChanges(() => 42), new FleetChanges(() => 0)];
  const maker = new CircuitBreaker('payments', { storage, listeners: [mine] });
  const other = new CircuitBreaker('payments', { storage, listeners: [theirs] });
  await Promise.all([maker.ready(), other.ready()]);

  const open = theirs.untilShown('open');
  await maker.open();
  expect(await open).toMatchObject({ to: 'open', isOwn: false });
  expect(await mine.untilShown('open')).toMatchObject({ to: 'open', isOwn: true, sentAt: 42 });

  const closed = theirs.untilShown('closed');
  await maker.close();
  const [shown, own] = [await closed, await mine.untilShown('closed')];
  expect([shown.isOwn, own.isOwn]).toEqual([false, true]);
  await Promise.all([maker.dispose(), other.dispose()]);
});

it('pass over what a process does for itself', async () => {
  const changes = new FleetChanges(() => 0);
  const breaker = new CircuitBreaker('payments', { listeners: [changes] });
  let isTold = false;
  void changes.untilShown('open').then(() => {
    isTold = true;
  });
  await breaker.open();
  expect([breaker.state, isTold]).toEqual(['open', false]);
});
