import type { BaseLogger, Bindings, Level } from 'pino';
import { show } from './show.js';

/** What is needed of a logger of pino, so that one of another version, a child, or Fastify's `log` will do. */
export type PinoLogger = Pick<BaseLogger, Level> & {
  /** Makes a logger with bindings of its own. */
  child(bindings: Bindings): unknown;
};

/** What else a logger of pino has, and `PinoLogger` leaves out because Fastify's types do. */
export interface LevelsOfLogger {
  readonly levels?: { readonly values: Readonly<Record<string, number>> };
  isLevelEnabled?(level: string): boolean;
}

/** @throws TypeError where it is none */
export function checkLogger(logger: unknown): asserts logger is PinoLogger & LevelsOfLogger {
  const { child, info, levels } = Object(logger) as Partial<PinoLogger> & LevelsOfLogger;
  const hasLevels = typeof info === 'function' || typeof levels === 'object';
  if (typeof child !== 'function' || !hasLevels) {
    throw new TypeError(`logger must be a logger of pino, but is ${show(logger)}`);
  }
}

/** Whether the logger has a method of that name that logs; levels of its own count. */
export function hasLevel(logger: PinoLogger & LevelsOfLogger, level: string): boolean {
  const isKnown = logger.levels === undefined || Object.hasOwn(logger.levels.values, level);
  return isKnown && typeof (logger as unknown as Record<string, unknown>)[level] === 'function';
}
