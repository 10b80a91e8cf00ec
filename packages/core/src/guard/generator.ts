import { disown } from '../promise-like.js';
import type { Decision, Shell } from '../shell.js';
import { GeneratorCall } from './generator-call.js';

type AnyGenerator = Generator<unknown, unknown, unknown>;
type AnyAsyncGenerator = AsyncGenerator<unknown, unknown, unknown>;

// A generator is admitted when it is first iterated, and settled when its iteration ends. `yield*` hands `next`, `throw` and
// `return` on to the generator itself, so that its own `catch` and `finally` run before the breaker counts.

export function* guardGenerator(shell: Shell, generator: AnyGenerator): AnyGenerator {
  const call = begin(shell, shell.admit());
  const step = (work: () => IteratorResult<unknown, unknown>) => {
    call.resume(undefined);
    try {
      return call.run(work);
    } finally {
      call.suspend();
    }
  };
  try {
    const value = yield* { [Symbol.iterator]: () => inSteps(generator, step) };
    settleValue(call, value);
    return value;
  } catch (error) {
    throw settleError(call, error);
  } finally {
    settleLeft(call);
  }
}

export async function* guardAsyncGenerator(shell: Shell, generator: AnyAsyncGenerator): AnyAsyncGenerator {
  const call = begin(shell, await shell.admitInTime(undefined));
  const step = (work: () => Promise<IteratorResult<unknown, unknown>>) =>
    new Promise<IteratorResult<unknown, unknown>>((resolve, reject) => {
      call.onInterrupt = (error) => {
        reject(error);
        disown(generator.return(undefined));
      };
      call.resume(shell.deadlineMs(call.admission));
      call
        .run(work)
        .finally(() => call.suspend())
        .then(resolve, reject);
    });
  try {
    const value = yield* { [Symbol.asyncIterator]: () => inSteps(generator, step) };
    settleValue(call, value);
    return value;
  } catch (error) {
    throw settleError(call, error);
  } finally {
    settleLeft(call);
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

function settleValue(call: GeneratorCall, value: unknown): void {
  call.gave(value);
}

/** Settles a generator that threw, unless its deadline did so before; gives what its consumer gets. */
function settleError(call: GeneratorCall, error: unknown): unknown {
  if (call.verdict !== undefined) return error;
  const { verdict, hasOpened } = call.threw(error);
  return call.shell.errorOf(error, verdict, hasOpened);
}

/** Settles a generator whose consumer left it before its end: that says nothing about the dependency. */
function settleLeft(call: GeneratorCall): void {
  if (call.verdict === undefined) call.gave(undefined, 'ignore');
}
