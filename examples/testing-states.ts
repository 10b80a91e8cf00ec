// Tests code that a breaker guards: forces any state, plays outcomes, and looks at what happened.

// #region states
import assert from 'node:assert/strict';
import { CircuitBreaker, CircuitOpenError } from '@breaker/core';
import { outcomes, RecordingListener, trip } from '@breaker/testing';

const recorder = new RecordingListener();
const breaker = new CircuitBreaker('payments', { listeners: [recorder] });
const pay = breaker.wrap(outcomes('paid', new Error('no route'), 'paid'));

assert.equal(await pay(), 'paid');
await assert.rejects(pay(), /no route/);

await trip(breaker); // by failing calls
await assert.rejects(pay(), CircuitOpenError);

await breaker.halfOpen(); // by hand, as open(), close(), isolate() and disable()
assert.equal(await pay(), 'paid');

assert.deepEqual(recorder.states, ['open', 'half-open', 'closed']);
assert.equal(recorder.of('reject').length, 1);
// #endregion

console.log(recorder.types.join(' '));
