import { describe, expect, it } from 'vitest';
import { closedRecord, NOW, openRecord, RECORDS, ruledRecord } from '../../test/fleet-records.js';
import { reconcile } from './reconcile.js';

const older = openRecord({ revision: 6 });

describe('what a storage answers', () => {
  it('is adopted where this process knows of no record', () => {
    expect(reconcile(undefined, undefined, true, NOW)).toBe('adopt');
    for (const stored of RECORDS) expect(reconcile(undefined, stored, true, NOW)).toBe('adopt');
  });

  it.each([
    ['newer', openRecord({ revision: 8 })],
    ['of a later epoch', closedRecord({ epoch: 5, revision: 0 })],
    ['of the same numbers, whatever it holds', closedRecord({ era: 'other', memory: 2 })],
  ])('is the truth where it is %s', (_, stored) => {
    for (const hasMoved of [false, true]) expect(reconcile(openRecord(), stored, hasMoved, NOW)).toBe('adopt');
  });

  it.each([
    ['missing', undefined],
    ['older', older],
  ])('is asked for again where it is %s and the view has changed meanwhile', (_, stored) => {
    for (const view of [openRecord(), closedRecord(), openRecord({ keepUntilAt: NOW - 1 })])
      expect(reconcile(view, stored, true, NOW)).toBe('ask-again');
  });

  it.each([
    ['missing', undefined],
    ['older', older],
  ])('is taught what this process knows where it is %s, as long as that must be kept', (_, stored) => {
    expect(reconcile(openRecord({ keepUntilAt: NOW }), stored, false, NOW)).toBe('teach');
    expect(reconcile(openRecord({ keepUntilAt: NOW - 1 }), stored, false, NOW)).toBe('adopt');
    expect(reconcile(ruledRecord('isolated'), stored, false, NOW * 1_000)).toBe('teach');
  });

  it('is adopted where a closed circuit is all that it has lost', () => {
    expect(reconcile(closedRecord({ memory: 2 }), undefined, false, NOW)).toBe('adopt');
    expect(reconcile(closedRecord(), older, false, NOW)).toBe('adopt');
  });
});
