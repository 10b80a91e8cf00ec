import { expect, it } from 'vitest';
import { Story } from '../../../test/story.js';

it('finds nothing in calls that get what is theirs in time', () => {
  const story = new Story().call('p1').call('p1', { outcome: 'failure' }).call('p1', { outcome: 'ignored' });
  expect(story.call('p1', { outcome: 'rejected', wasClosed: false, lastsMs: 99 }).broken).toEqual([]);
});

it('finds a call that gets something else', () => {
  expect(new Story().call('p1', { outcome: 'strange' }).broken).toEqual([9]);
});

it('finds a call that waits while the circuit is closed', () => {
  expect(new Story().call('p1', { wasAtOnce: false }).broken).toEqual([9]);
});

it('finds a call that waits too long for a lease, or for its rejection', () => {
  expect(new Story().call('p1', { wasClosed: false, waitsMs: 400 }).broken).toEqual([9]);
  expect(new Story().call('p1', { wasClosed: false, outcome: 'rejected', lastsMs: 400 }).broken).toEqual([9]);
  expect(new Story({ leaseTimeoutMs: 200 }).call('p1', { wasClosed: false, waitsMs: 400 }).broken).toEqual([]);
});

it('does not count the time in which the process stood still', () => {
  expect(new Story().call('p1', { wasClosed: false, waitsMs: 900, stalledMs: 700 }).broken).toEqual([]);
});

it('finds a ruling that fails with anything but a storage error', () => {
  const ruled = (error: string) => new Story().tell('p1', { type: 'ruled', ruling: 'open', error }).broken;
  expect(ruled('TypeError: undefined is no function')).toEqual([9]);
  expect(ruled('CircuitStorageError: the storage did not answer')).toEqual([]);
});
