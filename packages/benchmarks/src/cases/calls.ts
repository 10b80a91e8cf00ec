import type { Call } from '../peers/peer.js';

const boom = new Error('boom');

/** Does nothing at all, so that the ratios are the worst there are. */
export const answer: Call = async () => 42;

export const fail: Call = async () => {
  throw boom;
};

/** Rejects at the least cost there is: without an `async` function. */
export const reject: Call = () => Promise.reject(boom);
