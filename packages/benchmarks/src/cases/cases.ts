import { acquire } from './acquire.js';
import type { Case } from './case.js';
import { closedFailure } from './closed-failure.js';
import { closedFailureWindowed } from './closed-failure-windowed.js';
import { closedSuccess } from './closed-success.js';
import { closedSuccessMore } from './closed-success-more.js';
import { closedSuccessTimed } from './closed-success-timed.js';
import { closedSuccessStatesWatched, closedSuccessWatched } from './closed-success-watched.js';
import { closedSuccessWindowed } from './closed-success-windowed.js';
import { executeSync } from './execute-sync.js';
import { halfOpenCycle } from './half-open-cycle.js';
import { leastByHand } from './least-by-hand.js';
import { parts } from './parts.js';
import { rejection } from './rejection.js';

export const cases: readonly Case[] = [
  closedSuccess,
  closedSuccessWindowed,
  closedSuccessStatesWatched,
  closedSuccessWatched,
  closedSuccessTimed,
  closedSuccessMore,
  closedFailure,
  ...[0, 1_000, 10_000, 100_000].map(closedFailureWindowed),
  ...[0, 10, 30].map(rejection),
  halfOpenCycle,
  executeSync,
  acquire,
  leastByHand,
  parts,
];
