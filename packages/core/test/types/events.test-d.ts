import { expectTypeOf, test } from 'vitest';
import type {
  BreakerEvent,
  CircuitBreaker,
  CircuitListener,
  CircuitState,
  Classify,
  Outcome,
  RejectionReason,
  StateChangeReason,
} from '../../src/index.js';

test('events narrow by their type', () => {
  const onEvent = (event: BreakerEvent) => {
    expectTypeOf(event.breaker).toEqualTypeOf<CircuitBreaker>();
    expectTypeOf(event.at).toEqualTypeOf<number>();
    switch (event.type) {
      case 'before-call':
        return expectTypeOf(event.trial).toEqualTypeOf<boolean>();
      case 'success':
      case 'failure':
      case 'ignore':
        expectTypeOf(event.durationMs).toEqualTypeOf<number>();
        return expectTypeOf(event.late).toEqualTypeOf<boolean>();
      case 'reject':
        expectTypeOf(event.reason).toEqualTypeOf<RejectionReason>();
        return expectTypeOf(event.retryAfterMs).toEqualTypeOf<number | undefined>();
      case 'state-change':
        expectTypeOf(event.to).toEqualTypeOf<CircuitState>();
        return expectTypeOf(event.reason).toEqualTypeOf<StateChangeReason>();
      case 'storage-degraded':
      case 'listener-error':
        return expectTypeOf(event.error).toEqualTypeOf<unknown>();
      case 'storage-recovered':
        return expectTypeOf(event.circuit).toEqualTypeOf<string>();
      default:
        return expectTypeOf(event).toBeNever();
    }
  };
  expectTypeOf(onEvent).toBeFunction();
});

test('a listener may have any of the methods, and its events are known', () => {
  const listener: CircuitListener = {
    onStateChange: ({ from, to }) => expectTypeOf(from).toEqualTypeOf(to),
    async onFailure({ error }) {
      expectTypeOf(error).toEqualTypeOf<unknown>();
    },
  };
  expectTypeOf(listener).toExtend<CircuitListener>();
  expectTypeOf<{ onOpen(): void }>().not.toExtend<CircuitListener>();
});

test('an outcome narrows by its tag', () => {
  const classify: Classify = (outcome) => {
    expectTypeOf(outcome).toEqualTypeOf<Outcome>();
    if (outcome.threw) {
      expectTypeOf(outcome.error).toEqualTypeOf<unknown>();
      // @ts-expect-error what threw gave no value
      outcome.value;
      return 'ignore';
    }
    expectTypeOf(outcome.value).toEqualTypeOf<unknown>();
    return undefined;
  };
  expectTypeOf(classify).returns.toEqualTypeOf<'success' | 'failure' | 'ignore' | undefined>();
});
