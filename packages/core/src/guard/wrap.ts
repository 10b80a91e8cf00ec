import { checkFunction } from '../check.js';
import type { Shell } from '../shell.js';
import { execute } from './execute.js';
import { NO_OPTIONS } from './execute-options.js';
import { executeSync } from './execute-sync.js';
import { guardAsyncGenerator, guardGenerator } from './generator.js';

type AnyFunction = (this: unknown, ...args: unknown[]) => unknown;

/** Gives a function that guards every call of `fn`, and is like it in `this`, arguments, name and length. */
export function wrap<F>(shell: Shell, fn: F): F {
  checkFunction('fn', fn);
  return alike(fn as AnyFunction, guarded(shell, fn as AnyFunction)) as F;
}

/** The same for a plain synchronous function. */
export function wrapSync<F>(shell: Shell, fn: F): F {
  checkFunction('fn', fn);
  const kind = kindOf(fn as AnyFunction);
  if (kind !== 'Function')
    throw new TypeError(`fn must be a plain synchronous function, but is of the kind ${kind}: use wrap()`);
  const call = fn as AnyFunction;
  return alike(call, function (this: unknown, ...args) {
    return executeSync(shell, () => call.apply(this, args), NO_OPTIONS);
  }) as F;
}

function guarded(shell: Shell, fn: AnyFunction): AnyFunction {
  switch (kindOf(fn)) {
    case 'GeneratorFunction':
      return function (this: unknown, ...args) {
        return guardGenerator(shell, fn.apply(this, args) as Generator<unknown, unknown, unknown>);
      };
    case 'AsyncGeneratorFunction':
      return function (this: unknown, ...args) {
        return guardAsyncGenerator(shell, fn.apply(this, args) as AsyncGenerator<unknown, unknown, unknown>);
      };
    default:
      return function (this: unknown, ...args) {
        return execute(shell, () => refuseIterator(fn.apply(this, args)));
      };
  }
}

/** A generator that a compiler made a plain function of cannot be told from one, until it is called. */
function refuseIterator(result: unknown): unknown {
  const isIterator = typeof (result as Iterator<unknown> | undefined)?.next === 'function';
  if (isIterator) throw new TypeError('fn gave an iterator, but is no generator function: wrap the generator itself');
  return result;
}

/** `Function`, `AsyncFunction`, `GeneratorFunction` or `AsyncGeneratorFunction`. */
function kindOf(fn: AnyFunction): string {
  return Object.prototype.toString.call(fn).slice('[object '.length, -1);
}

function alike(fn: AnyFunction, wrapped: AnyFunction): AnyFunction {
  // So that a wrapped generator function is known for one when it is wrapped again.
  Object.setPrototypeOf(wrapped, Object.getPrototypeOf(fn));
  return Object.defineProperties(wrapped, {
    name: { value: fn.name, configurable: true },
    length: { value: fn.length, configurable: true },
  });
}
