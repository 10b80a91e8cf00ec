import type { CircuitBreakerOptions } from '@breaker/core';
import { guardBy, optionsFor } from '../peers/breaker.js';
import { permittedByHand, timedByHand, toldByHand, windowedByHand } from '../peers/least.js';
import { type Call, nothingToDispose } from '../peers/peer.js';
import { thenFloor } from '../peers/then-floor.js';
import { withPermit } from './acquire.js';
import { answer } from './calls.js';
import type { Case } from './case.js';
import { plain, windowed } from './demands.js';
import { contenderOf, unguarded } from './everybody.js';
import { guarded } from './guarded.js';
import { repeat } from './repeat.js';

const ignore = (): void => undefined;
const TIMEOUT_MS = 10_000;

/** How the least is called that can be written by hand for something. */
export const byHand = (what: string): string => `${what}, by hand`;

/** What of a call's cost is the breaker's own, and what nobody could do without. */
export const leastByHand: Case = {
  id: 'least-by-hand',
  title: 'closed, success; @breaker/core, and the least that can be written by hand for the same',
  contenders: async () => [
    unguarded(answer, repeat),
    ...pairs().flatMap(([what, least, ours]) => [contender(byHand(what), least), contender(what, ours)]),
  ],
};

/** What is asked for, the least for it, and the breaker that does it. */
function pairs(): readonly (readonly [string, Call, Call])[] {
  return [
    ['failures in a row', guarded(thenFloor, answer, plain).call, breaking(optionsFor(plain))],
    ['a window of time', windowedByHand(answer, 10_000), breaking(optionsFor({ ...plain, trip: windowed }))],
    ['a permit', permittedByHand(answer), withPermit(answer)],
    ['classify', toldByHand(answer, ignore), breaking({ classify: () => undefined })],
    ['a listener to successes', toldByHand(answer, ignore), breaking({ listeners: [{ onSuccess: ignore }] })],
    ['timeoutMs', timedByHand(answer, TIMEOUT_MS), breaking({ timeoutMs: TIMEOUT_MS })],
  ];
}

function breaking(options: CircuitBreakerOptions): Call {
  return guardBy(answer, options).call;
}

function contender(name: string, call: Call) {
  return contenderOf(name, { call, dispose: nothingToDispose }, repeat);
}
