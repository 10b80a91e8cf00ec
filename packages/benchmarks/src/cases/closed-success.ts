import { answer } from './calls.js';
import type { Case } from './case.js';
import { plain } from './demands.js';
import { everybody } from './everybody.js';
import { repeat } from './repeat.js';

export const closedSuccess: Case = {
  id: 'closed-success',
  title: 'closed, success; failures in a row',
  contenders: async () => everybody(answer, plain, repeat),
};
