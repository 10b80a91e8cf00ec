/** How many tests there are in it, but for those of the contract suite. */
export const TESTS = 4;

/** What the tests of an application may look like. They run in every runner, as modules of either kind. */
export function applicationTests(imports: string, runner = ''): string {
  return `
${imports}

it('forces a breaker into any state', async () => {
  const breaker = new CircuitBreaker('orders');
  await trip(breaker, new Error('no route'));
  assert.equal(breaker.state, 'open');
  await breaker.halfOpen();
  assert.equal(breaker.state, 'half-open');
  await breaker.isolate();
  assert.equal(breaker.state, 'isolated');
});

it('sees what a breaker did', async () => {
  const recorder = new RecordingListener();
  const breaker = new CircuitBreaker('orders', { failureThreshold: 1, listeners: [recorder] });
  const call = outcomes('ok', new Error('down'));
  await breaker.execute(call);
  await assert.rejects(breaker.execute(call), CircuitTrippedError);
  assert.deepEqual(recorder.states, ['open']);
  assert.equal(call.calls, 2);
});

it('jumps time', async () => {
  const clock = new FakeClock();
  const breaker = new CircuitBreaker('orders', { clock, timeoutMs: 2_000 });
  const call = assert.rejects(breaker.execute(() => new Promise(() => {})), CircuitTimeoutError);
  await clock.advanceAsync(2_000);
  await call;
  await trip(breaker);
  clock.advance(60_000);
  assert.equal(await breaker.execute(async () => 'a trial'), 'a trial');
});

it('has several processes share a storage', async () => {
  const clock = new FakeClock();
  const storage = new FakeStorage({ clock });
  const link = storage.link();
  link.fail();
  await assert.rejects(link.update('orders', () => ({})));
  link.heal();
  await link.update('orders', () => ({ keepUntilAt: 5 }));
  assert.deepEqual(await storage.read('orders'), { record: { keepUntilAt: 5 }, now: 0 });
});

class Forgetful extends FakeStorage {
  async read() {
    return { record: undefined, now: 0 };
  }
}

const Storage = process.env.FORGETFUL ? Forgetful : FakeStorage;
describeStorageContract(Storage.name, () => ({ storage: new Storage({ clock: new FakeClock() }) })${runner});
`;
}

const CORE = '{ CircuitBreaker, CircuitTimeoutError, CircuitTrippedError }';
const ROOT = '{ FakeClock, FakeStorage, outcomes, RecordingListener, trip }';

export const ESM_IMPORTS = `
import assert from 'node:assert/strict';
import ${CORE} from '@breaker/core';
import ${ROOT} from '@breaker/testing';
import { describeStorageContract } from '@breaker/testing/contract';`;

export const CJS_IMPORTS = `
const assert = require('node:assert/strict');
const ${CORE} = require('@breaker/core');
const ${ROOT} = require('@breaker/testing');
const { describeStorageContract } = require('@breaker/testing/contract');`;
