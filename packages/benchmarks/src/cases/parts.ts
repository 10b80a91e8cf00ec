import { CircuitTrippedError } from '@breaker/core';
import type { Contender } from '../measure/contender.js';
import { nothingToDispose } from '../peers/peer.js';
import { answer } from './calls.js';
import type { Case } from './case.js';
import { unguarded } from './everybody.js';
import { repeat } from './repeat.js';

const MINUTE_MS = 60_000;
const cause = new Error('down');

/** What some calls cannot do without, whoever guards them: so much of their cost is not the breaker's own. */
export const parts: Case = {
  id: 'parts',
  title: 'what calls are made of',
  contenders: async () => [
    unguarded(answer, repeat),
    part('a reading of the clock', () => performance.timeOrigin + performance.now()),
    part('a timer, set and cleared', () => clearTimeout(setTimeout(nothingToDispose, MINUTE_MS).unref())),
    part('a signal', () => new AbortController().signal),
    part('a CircuitTrippedError', () => new CircuitTrippedError('parts', cause), 0),
  ],
};

/** @param frames - how many frames of the stack an error keeps; as many as ever where it is absent */
function part(name: string, make: () => unknown, frames = Error.stackTraceLimit): Contender {
  const run = async (times: number): Promise<void> => {
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = frames;
    let made: unknown;
    for (let i = 0; i < times; i++) made = make();
    Error.stackTraceLimit = stackTraceLimit;
    if (made === null) throw new Error(`${name} was not made`); // looked at, lest the optimiser leaves it out
  };
  return { name, run, dispose: nothingToDispose };
}
