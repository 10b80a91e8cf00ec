import type { Clock } from '@breaker/core';
import type { LevelWithSilentOrString } from 'pino';
import { DEFAULT_LEVELS, type LevelKey, type Levels } from './levels.js';
import { show } from './show.js';
import { systemClock } from './system-clock.js';

/** The options of `pinoListener`. */
export interface PinoListenerOptions {
  /** Levels that differ from the defaults; `'silent'`: not told at all. */
  readonly levels?: { readonly [Key in LevelKey]?: LevelWithSilentOrString | undefined } | undefined;
  /** How long rejections and the like are counted before their number is told, in milliseconds, above 0. Default: 10 000. */
  readonly summaryMs?: number | undefined;
  /** Where the time of these counts comes from. Default: the system's clock. */
  readonly clock?: Clock | undefined;
}

export interface ResolvedOptions {
  readonly levels: Levels;
  readonly summaryMs: number;
  readonly clock: Clock;
}

const DEFAULT_SUMMARY_MS = 10_000;
const KNOWN = ['levels', 'summaryMs', 'clock'];

/** @throws TypeError or RangeError that names what is wrong, its value and what was expected */
export function resolveOptions(options: unknown): ResolvedOptions {
  checkKeys('options', options, KNOWN);
  const { levels = {}, summaryMs = DEFAULT_SUMMARY_MS, clock = systemClock } = options as PinoListenerOptions;
  checkKeys('levels', levels, Object.keys(DEFAULT_LEVELS));
  checkSummaryMs(summaryMs);
  checkClock(clock);
  const given = Object.entries(levels).filter(([, level]) => level !== undefined);
  return { levels: { ...DEFAULT_LEVELS, ...Object.fromEntries(given) }, summaryMs, clock };
}

function checkKeys(name: string, value: unknown, known: readonly string[]): void {
  checkObject(name, value, 'an object');
  for (const [key, given] of Object.entries(value as object)) {
    if (known.includes(key)) continue;
    throw new TypeError(`${name} has an unknown key ${show(key)} (${show(given)}), expected: ${known.join(', ')}`);
  }
}

function checkSummaryMs(value: unknown): void {
  const expected = `summaryMs must be a finite number of milliseconds above 0, but is ${show(value)}`;
  if (typeof value !== 'number') throw new TypeError(expected);
  if (!Number.isFinite(value) || value <= 0) throw new RangeError(expected);
}

function checkClock(value: unknown): void {
  checkObject('clock', value, 'a clock: an object with now, setTimeout and clearTimeout');
  for (const method of ['now', 'setTimeout', 'clearTimeout'] as const) {
    const given = (value as Clock)[method];
    if (typeof given !== 'function') throw new TypeError(`clock.${method} must be a function, but is ${show(given)}`);
  }
}

function checkObject(name: string, value: unknown, expected: string): void {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return;
  throw new TypeError(`${name} must be ${expected}, but is ${show(value)}`);
}
