import { FAILURE, SUCCESS } from '../tallies.js';
import { NOW, type Row } from './case.js';
import { closed, halfOpen, LAPSED, LIVE, MINE, open } from './circuits.js';

const EXPIRED = { ...MINE, expiresAt: NOW - 1 };
const RENEWED = { ...MINE, expiresAt: NOW + 500 };
const idle = halfOpen(7, []);

export const whileHalfOpen: Row = {
  call: [
    { when: 'the first', circuit: idle, event: { type: 'call', lease: MINE }, becomes: halfOpen(7, [MINE]) },
    {
      when: 'with one of two places free',
      circuit: halfOpen(7, [LIVE]),
      event: { type: 'call', lease: MINE },
      becomes: halfOpen(7, [LIVE, MINE]),
    },
    {
      when: 'with every place taken',
      circuit: halfOpen(7, [LIVE, { ...LIVE, id: 'other' }]),
      event: { type: 'call', lease: MINE },
    },
    {
      when: 'with a place whose lease has lapsed just now',
      circuit: halfOpen(7, [LAPSED, LIVE]),
      event: { type: 'call', lease: MINE },
      becomes: halfOpen(7, [LIVE, MINE]),
    },
    {
      when: 'with no lease but lapsed ones',
      circuit: halfOpen(7, [LAPSED, { ...LAPSED, id: 'other' }]),
      event: { type: 'call', lease: MINE },
      becomes: halfOpen(7, [MINE]),
    },
    {
      when: 'with every place taken of a round that began before maxTrials was raised',
      circuit: halfOpen(7, [LIVE], { limit: 1 }),
      event: { type: 'call', lease: MINE },
    },
    {
      when: 'with a place free in a round that began before maxTrials was lowered',
      circuit: halfOpen(7, [LIVE]),
      event: { type: 'call', lease: MINE },
      rules: { maxTrials: 1 },
      becomes: halfOpen(7, [LIVE, MINE]),
    },
  ],
  outcome: [
    { when: 'a success', circuit: idle, event: { type: 'outcome', tally: SUCCESS } },
    { when: 'a failure', circuit: idle, event: { type: 'outcome', tally: FAILURE } },
  ],
  trip: [{ circuit: idle, event: { type: 'trip' } }],
  'trial-succeeded': [
    {
      when: 'with more successes needed',
      circuit: halfOpen(7, [LIVE, MINE]),
      event: { type: 'trial-succeeded', leaseId: 'mine' },
      becomes: halfOpen(7, [LIVE], { successes: 1 }),
    },
    {
      when: 'as the last one needed, others still running',
      circuit: halfOpen(7, [LIVE, MINE], { successes: 1 }),
      event: { type: 'trial-succeeded', leaseId: 'mine' },
      becomes: closed(8, 0),
    },
    {
      when: 'after its deadline, its place not yet given to another',
      circuit: halfOpen(7, [EXPIRED]),
      event: { type: 'trial-succeeded', leaseId: 'mine' },
      becomes: halfOpen(7, [], { successes: 1 }),
    },
    {
      when: 'in a round that began before successThreshold was lowered',
      circuit: halfOpen(7, [MINE]),
      event: { type: 'trial-succeeded', leaseId: 'mine' },
      rules: { successThreshold: 1 },
      becomes: halfOpen(7, [], { successes: 1 }),
    },
    {
      when: 'in a round that began before successThreshold was raised',
      circuit: halfOpen(7, [MINE], { need: 1 }),
      event: { type: 'trial-succeeded', leaseId: 'mine' },
      becomes: closed(8, 0),
    },
    {
      when: 'without a place',
      circuit: halfOpen(7, [LIVE], { successes: 1 }),
      event: { type: 'trial-succeeded', leaseId: 'mine' },
    },
  ],
  'trial-failed': [
    {
      when: 'with another running',
      circuit: halfOpen(7, [LIVE, MINE], { successes: 1 }),
      event: { type: 'trial-failed', leaseId: 'mine' },
      becomes: open(8, 3, NOW + 30),
    },
    {
      when: 'at its deadline',
      circuit: halfOpen(7, [{ ...MINE, expiresAt: NOW }]),
      event: { type: 'trial-failed', leaseId: 'mine' },
      becomes: open(8, 3, NOW + 30),
    },
    {
      when: 'for the first time since the circuit was closed',
      circuit: halfOpen(7, [MINE], { trips: 0 }),
      event: { type: 'trial-failed', leaseId: 'mine' },
      becomes: open(8, 1, NOW + 10),
    },
    { when: 'without a place', circuit: halfOpen(7, [LIVE]), event: { type: 'trial-failed', leaseId: 'mine' } },
  ],
  'trial-ignored': [
    {
      when: 'with another running',
      circuit: halfOpen(7, [MINE, LIVE], { successes: 1 }),
      event: { type: 'trial-ignored', leaseId: 'mine' },
      becomes: halfOpen(7, [LIVE], { successes: 1 }),
    },
    {
      when: 'after its deadline',
      circuit: halfOpen(7, [EXPIRED]),
      event: { type: 'trial-ignored', leaseId: 'mine' },
      becomes: idle,
    },
    { when: 'without a place', circuit: halfOpen(7, [LIVE]), event: { type: 'trial-ignored', leaseId: 'mine' } },
  ],
  'trial-renewed': [
    {
      when: 'before its deadline',
      circuit: halfOpen(7, [MINE, LIVE]),
      event: { type: 'trial-renewed', lease: RENEWED },
      becomes: halfOpen(7, [RENEWED, LIVE]),
    },
    {
      when: 'after its deadline, its place not yet given to another',
      circuit: halfOpen(7, [EXPIRED]),
      event: { type: 'trial-renewed', lease: RENEWED },
      becomes: halfOpen(7, [RENEWED]),
    },
    { when: 'without a place', circuit: halfOpen(7, [LIVE]), event: { type: 'trial-renewed', lease: RENEWED } },
  ],
  open: [
    {
      when: 'after trips',
      circuit: halfOpen(7, [MINE]),
      event: { type: 'open' },
      becomes: open(8, 2, NOW + 20),
    },
    {
      when: 'without a trip since it was closed',
      circuit: halfOpen(7, [], { trips: 0 }),
      event: { type: 'open' },
      becomes: open(8, 1, NOW + 10),
    },
  ],
  'half-open': [{ circuit: halfOpen(7, [MINE], { successes: 1 }), event: { type: 'half-open' } }],
  isolate: [
    {
      circuit: halfOpen(7, [MINE]),
      event: { type: 'isolate' },
      becomes: { state: 'isolated', epoch: 8, trips: 2 },
    },
  ],
  disable: [
    {
      circuit: halfOpen(7, [MINE]),
      event: { type: 'disable' },
      becomes: { state: 'disabled', epoch: 8, trips: 2 },
    },
  ],
  close: [{ circuit: halfOpen(7, [MINE]), event: { type: 'close' }, becomes: closed(8, 0) }],
};
