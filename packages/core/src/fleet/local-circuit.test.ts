import { describe, expect, it } from 'vitest';
import { closedRecord, halfOpenRecord, NOW, openRecord, RECORDS } from '../../test/fleet-records.js';
import { localCircuit, longestDelayMs } from './local-circuit.js';

/** The storage's clock is so much ahead of the process's. */
const AHEAD = 400_000;
const HERE = NOW - AHEAD;

describe('the circuit of the fleet by the clock of this process', () => {
  it('is open until as much later as this process leaves it alone', () => {
    expect(localCircuit(openRecord({ openUntilAt: NOW + 50 }), HERE, AHEAD, 7)).toMatchObject({
      state: 'open',
      epoch: 4,
      trips: 1,
      openUntilAt: HERE + 57,
    });
  });

  it('has leases that lapse here when they do there', () => {
    expect(localCircuit(halfOpenRecord({ successes: 1 }), HERE, AHEAD, 7)).toMatchObject({
      state: 'half-open',
      epoch: 4,
      trips: 1,
      limit: 2,
      need: 2,
      successes: 1,
      leases: [{ id: 'mine', expiresAt: HERE + 100 }],
    });
  });

  it('has the state and the epoch that are stored', () => {
    for (const record of RECORDS) {
      expect(localCircuit(record, HERE, AHEAD, 0)).toMatchObject({ state: record.state, epoch: 4 });
    }
  });

  it('is due, with its places free, where the clock there stepped back', () => {
    const changedAt = NOW + 1_001;
    expect(localCircuit(openRecord({ changedAt }), HERE, AHEAD, 7)).toMatchObject({ openUntilAt: HERE + 7 });
    expect(localCircuit(halfOpenRecord({ changedAt }), HERE, AHEAD, 0)).toMatchObject({ leases: [] });
  });
});

describe('how long a process leaves an open circuit alone beyond its time', () => {
  it('is a tenth of the open time at most', () => {
    expect(longestDelayMs(openRecord({ changedAt: NOW, openUntilAt: NOW + 1_500 }))).toBe(150);
  });

  it('is 200 ms at most', () => {
    expect(longestDelayMs(openRecord({ changedAt: NOW, openUntilAt: NOW + 60_000 }))).toBe(200);
  });

  it('is nothing where it was due when it was written, or is not open', () => {
    expect(longestDelayMs(openRecord({ changedAt: NOW, openUntilAt: NOW - 5 }))).toBe(0);
    expect(longestDelayMs(closedRecord())).toBe(0);
    expect(longestDelayMs(halfOpenRecord())).toBe(0);
  });
});
