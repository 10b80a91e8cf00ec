import { MemoryStorage } from '@breaker/core';
import { expect, it } from 'vitest';
import { machineTime } from './machine-time.js';
import { TimedStorage } from './timed-storage.js';

it('knows when it has sent its last commit, and takes nothing else for one', async () => {
  const memory = new MemoryStorage();
  const storage = new TimedStorage({
    read: (name) => memory.read(name),
    update: (name, change) => memory.update(name, change),
    subscribe: (name, onPush) => memory.subscribe(name, onPush),
    close: async () => undefined,
  });
  await storage.update('payments', () => undefined);
  await storage.read('payments');
  expect(storage.sentAt).toBe(0);
  const before = machineTime();
  await storage.update('payments', () => ({}));
  expect(storage.sentAt).toBeGreaterThanOrEqual(before);
  expect(storage.sentAt).toBeLessThanOrEqual(machineTime());
});
