/** What a step of a script gives: nothing where it throws, what the function gives where it is one, else itself. */
export type Given<Step> = Step extends Error ? never : Step extends (...args: never[]) => infer R ? R : Step;

/** A function that plays a script. */
export interface Outcomes<R> {
  (...args: unknown[]): R;
  /** How often it was called. */
  readonly calls: number;
}

/**
 * Makes an async function that plays a script, one step a call: it throws an `Error`, calls a function with its arguments,
 * and gives anything else. After the last step it repeats that.
 *
 * @throws TypeError where there is no step
 */
export function outcomes<Script extends unknown[]>(
  ...script: Script
): Outcomes<Promise<Awaited<Given<Script[number]>>>> {
  const play = player('outcomes', script);
  return countCalls(async (...args) => play(args)) as Outcomes<Promise<Awaited<Given<Script[number]>>>>;
}

/** Does the same with a synchronous function, for `executeSync` and `wrapSync`. */
export function outcomesSync<Script extends unknown[]>(...script: Script): Outcomes<Given<Script[number]>> {
  const play = player('outcomesSync', script);
  return countCalls((...args) => play(args) as Given<Script[number]>);
}

function player(name: string, script: readonly unknown[]): (args: unknown[]) => unknown {
  if (script.length === 0) throw new TypeError(`${name} needs at least one step to play`);
  let next = 0;
  return (args) => {
    const step = script[next];
    next = Math.min(next + 1, script.length - 1);
    if (isError(step)) throw step;
    return typeof step === 'function' ? step(...args) : step;
  };
}

/** Knows errors of another realm, too: test runners have several. */
function isError(step: unknown): boolean {
  return step instanceof Error || Object.prototype.toString.call(step) === '[object Error]';
}

function countCalls<R>(fn: (...args: unknown[]) => R): Outcomes<R> {
  let calls = 0;
  const counted = (...args: unknown[]) => {
    calls++;
    return fn(...args);
  };
  return Object.defineProperty(counted, 'calls', { get: () => calls }) as Outcomes<R>;
}
