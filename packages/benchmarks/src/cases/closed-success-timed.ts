import { answer } from './calls.js';
import type { Case } from './case.js';
import { plain } from './demands.js';
import { everybody } from './everybody.js';
import { repeat } from './repeat.js';

export const closedSuccessTimed: Case = {
  id: 'closed-success-timed',
  title: 'closed, success; with a time-out',
  contenders: async () => everybody(answer, { ...plain, timeoutMs: 10_000 }, repeat),
};
