import { describe, expect, it } from 'vitest';
import { thrownBy } from '../../test/caught.js';
import { resolveSharing, shareOutcomes, shareTrips } from './sharing.js';

describe('sharing outcomes', () => {
  it('flushes after 50 ms, and hears for 150, where nothing else is said', () => {
    expect(shareOutcomes()).toEqual({ kind: 'outcomes', flushIntervalMs: 50, hearingMs: 150 });
    expect(shareOutcomes({ flushIntervalMs: undefined, hearingMs: undefined })).toEqual(shareOutcomes());
  });

  it('may do both at once', () => {
    expect(shareOutcomes({ flushIntervalMs: 0, hearingMs: 0 })).toMatchObject({ flushIntervalMs: 0, hearingMs: 0 });
  });

  it.each([
    [
      { flushIntervalMs: -1 },
      RangeError,
      'shareOutcomes: flushIntervalMs must be a finite number of milliseconds of at least 0, but is -1',
    ],
    [
      { hearingMs: Number.NaN },
      RangeError,
      'shareOutcomes: hearingMs must be a finite number of milliseconds of at least 0, but is NaN',
    ],
    [
      { hearingMs: '5' },
      TypeError,
      'shareOutcomes: hearingMs must be a finite number of milliseconds of at least 0, but is "5"',
    ],
    [
      { quorum: 1 },
      TypeError,
      'shareOutcomes: options has an unknown key "quorum" (1), expected: flushIntervalMs, hearingMs',
    ],
    [null, TypeError, 'shareOutcomes: options must be an object, but is null'],
  ])('refuses %o, and says why', (options, kind, message) => {
    expect(thrownBy(() => shareOutcomes(options as never))).toEqual(new kind(message));
  });
});

describe('sharing trips', () => {
  it('lets one process open for all, where nothing else is said', () => {
    expect(shareTrips()).toEqual({ kind: 'trips', quorum: 1 });
    expect(shareTrips({ quorum: undefined })).toEqual(shareTrips());
    expect(shareTrips({ quorum: 3 })).toEqual({ kind: 'trips', quorum: 3 });
  });

  it.each([
    [{ quorum: 0 }, RangeError, 'shareTrips: quorum must be an integer of at least 1, but is 0'],
    [{ quorum: true }, TypeError, 'shareTrips: quorum must be an integer of at least 1, but is true'],
    [{ hearingMs: 5 }, TypeError, 'shareTrips: options has an unknown key "hearingMs" (5), expected: quorum'],
  ])('refuses %o, and says why', (options, kind, message) => {
    expect(thrownBy(() => shareTrips(options as never))).toEqual(new kind(message));
  });
});

it('what is shared cannot be changed afterwards', () => {
  expect(Object.isFrozen(shareOutcomes())).toBe(true);
  expect(Object.isFrozen(shareTrips())).toBe(true);
});

describe('the option', () => {
  it('takes what both give', () => {
    for (const sharing of [shareOutcomes(), shareTrips({ quorum: 2 })])
      expect(resolveSharing('sharing', sharing)).toEqual(sharing);
  });

  it('takes what is made by hand with the same defaults, as a copy', () => {
    const given = { kind: 'outcomes', hearingMs: 5 };
    const sharing = resolveSharing('sharing', given);
    given.hearingMs = -1;
    expect(sharing).toEqual(shareOutcomes({ hearingMs: 5 }));
    expect(resolveSharing('sharing', { kind: 'trips' })).toEqual(shareTrips());
  });

  it.each([
    ['outcomes', 'sharing must be shareOutcomes() or shareTrips(), but is "outcomes"'],
    [null, 'sharing must be shareOutcomes() or shareTrips(), but is null'],
    [{}, 'sharing must be shareOutcomes() or shareTrips(), but is an object'],
    [{ kind: 'gossip' }, 'sharing must be shareOutcomes() or shareTrips(), but is an object'],
    [shareTrips, 'sharing must be shareOutcomes() or shareTrips(), but is a function'],
  ])('refuses %o', (value, message) => {
    expect(thrownBy(() => resolveSharing('sharing', value))).toEqual(new TypeError(message));
  });

  it('refuses settings that neither would take', () => {
    expect(() => resolveSharing('sharing', { ...shareOutcomes(), hearingMs: -1 })).toThrow(RangeError);
    expect(() => resolveSharing('sharing', { ...shareTrips(), quorum: 0 })).toThrow(RangeError);
    expect(() => resolveSharing('sharing', { ...shareTrips(), hearingMs: 0 })).toThrow(TypeError);
  });
});
