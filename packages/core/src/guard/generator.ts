import { admit, admitInTime, type Decision } from '../admit.js';
import { disown } from '../promise-like.js';
import type { Shell } from '../shell.js';
import { GeneratorCall } from './generator-call.js';

type AnyGenerator = Generator<unknown, unknown, unknown>;
type AnyAsyncGenerator = AsyncGenerator<unknown, unknown, unknown>;

// A generator is admitted when it is first iterated, and settled when its iteration ends. `yield*` hands `next`, `throw` and
// `return` on to the generator itself, so that its own `catch` and `finally` run before the breaker counts.

export function* guardGenerator(shell: Shell, generator: AnyGenerator): AnyGenerator {
  const call = begin(shell, admit(shell));
  const step = (work: () => IteratorResult<unknown, unknown>) => {
    call.resume();
    try {
      return call.run(work);
    } finally {
      call.suspend();
    }
  };
  try {
    const value = yield* { [Symbol.iterator]: () => inSteps(generator, step) };
    call.gave(value);
    return value;
  } catch (error) {
    throw call.threw(error);
  } finally {
    leave(call);
  }
}

export async function* guardAsyncGenerator(shell: Shell, generator: AnyAsyncGenerator): AnyAsyncGenerator {
  const decision = admitInTime(shell, undefined);
  const call = begin(shell, decision instanceof Promise ? await decision : decision);
  const step = (work: () => Promise<IteratorResult<unknown, unknown>>) =>
    new Promise<IteratorResult<unknown, unknown>>((resolve, reject) => {
      call.onInterrupt = (error) => {
        reject(error);
        disown(generator.return(undefined));
      };
      call.resume();
      call.watch(undefined, call.deadlineMs);
      call
        .run(work)
        .finally(() => call.suspend())
        .then(resolve, reject);
    });
  try {
    const value = yield* { [Symbol.asyncIterator]: () => inSteps(generator, step) };
    call.gave(value);
    return value;
  } catch (error) {
    throw call.threw(error);
  } finally {
    leave(call);
  }
}

/** What a generator can be told to do, whether it does so at once or later. */
interface Steps<Result> {
  next(value: unknown): Result;
  throw(error: unknown): Result;
  return(value: unknown): Result;
}

function inSteps<Result>(generator: Steps<Result>, step: (work: () => Result) => Result): Steps<Result> {
  return {
    next: (value) => step(() => generator.next(value)),
    throw: (error) => step(() => generator.throw(error)),
    return: (value) => step(() => generator.return(value)),
  };
}

function begin(shell: Shell, admission: Decision): GeneratorCall {
  if (admission instanceof Error) throw admission;
  return new GeneratorCall(shell, admission);
}

/** A consumer that leaves a generator before its end says nothing about the dependency. */
function leave(call: GeneratorCall): void {
  if (call.verdict === undefined) call.gave(undefined, 'ignore');
}
