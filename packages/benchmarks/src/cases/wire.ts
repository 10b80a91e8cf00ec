import type { Call } from '../peers/peer.js';
import { answer, fail } from './calls.js';

/** What is called: up or down as one says, and it knows how often it was reached. */
export class Wire {
  isDown = false;
  reached = 0;
  readonly call: Call = () => {
    this.reached++;
    return this.isDown ? fail() : answer();
  };
}
