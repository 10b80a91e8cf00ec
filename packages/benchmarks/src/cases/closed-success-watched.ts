import { answer } from './calls.js';
import type { Case } from './case.js';
import { plain } from './demands.js';
import { everybody } from './everybody.js';
import { repeat } from './repeat.js';

const ignore = (): void => undefined;

/** What most applications have: somebody who logs changes of state. */
export const closedSuccessStatesWatched: Case = {
  id: 'closed-success-states-watched',
  title: 'closed, success; a listener to changes of state',
  contenders: async () => everybody(answer, { ...plain, onStateChange: ignore }, repeat),
};

/** What metrics need: somebody who is told of every success. */
export const closedSuccessWatched: Case = {
  id: 'closed-success-watched',
  title: 'closed, success; a listener to successes',
  contenders: async () => everybody(answer, { ...plain, onSuccess: ignore }, repeat),
};
