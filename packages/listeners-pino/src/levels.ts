import type { BreakerEventType, CircuitState } from '@breaker/core';
import { hasLevel, type LevelsOfLogger, type PinoLogger } from './pino-logger.js';
import { show } from './show.js';

/** What has a level of its own: a change of state by the state that it leads to, everything else by its type. */
export type LevelKey = CircuitState | Exclude<BreakerEventType, 'state-change'>;

export type Levels = Readonly<Record<LevelKey, string>>;

/** pino's own word for a level at which nothing is logged. */
export const SILENT = 'silent';

export const DEFAULT_LEVELS = {
  open: 'warn',
  'half-open': 'info',
  closed: 'info',
  isolated: 'warn',
  disabled: 'warn',
  'storage-degraded': 'error',
  'storage-recovered': 'info',
  'listener-error': 'error',
  reject: 'info',
  failure: 'debug',
  ignore: 'debug',
  // Who listens to these makes every call cost more.
  'before-call': SILENT,
  success: SILENT,
} as const satisfies Levels;

/** @throws TypeError or RangeError that names the first level that the logger does not have */
export function checkLevels(logger: PinoLogger & LevelsOfLogger, levels: Levels): void {
  for (const [key, level] of Object.entries<unknown>(levels)) {
    if (level === SILENT) continue;
    const known = Object.keys(logger.levels?.values ?? {}).join(', ') || 'such as warn';
    const expected = `levels.${key} must be a level of the logger (${known}) or "${SILENT}", but is ${show(level)}`;
    if (typeof level !== 'string') throw new TypeError(expected);
    if (!hasLevel(logger, level)) throw new RangeError(expected);
  }
}
