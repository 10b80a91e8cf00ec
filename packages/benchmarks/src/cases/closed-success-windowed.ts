import { answer } from './calls.js';
import type { Case } from './case.js';
import { plain, windowed } from './demands.js';
import { everybody } from './everybody.js';
import { repeat } from './repeat.js';

export const closedSuccessWindowed: Case = {
  id: 'closed-success-windowed',
  title: 'closed, success; a window of time',
  contenders: async () => everybody(answer, { ...plain, trip: windowed }, repeat),
};
