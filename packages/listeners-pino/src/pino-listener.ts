import type { BreakerEvent, CircuitListener } from '@breaker/core';
import { disposeSymbol } from './dispose-symbol.js';
import { EventLog } from './event-log.js';
import { Flood } from './flood.js';
import { checkLevels, type LevelKey, type Levels, SILENT } from './levels.js';
import { type PinoListenerOptions, resolveOptions } from './options.js';
import { checkLogger, type PinoLogger } from './pino-logger.js';
import { TripErrors } from './trip-errors.js';

/** A listener for any number of breakers. */
export interface PinoListener extends CircuitListener, Disposable {
  /** Writes what has been counted and not told yet. Never throws. */
  flush(): void;
  /** Does the same, and leaves no timer: what comes later gets a line each. Never throws. Also `Symbol.dispose`. */
  dispose(): void;
}

/**
 * Logs what breakers tell, one line per event; of rejections, failures and the like the first, and then their number.
 *
 * @param logger - of pino 9 or newer, or a child of one
 * @throws TypeError or RangeError that names what is wrong, its value and what was expected
 */
export function pinoListener(logger: PinoLogger, options: PinoListenerOptions = {}): PinoListener {
  checkLogger(logger);
  const { levels, summaryMs, clock } = resolveOptions(options);
  checkLevels(logger, levels);

  const log = new EventLog(logger, levels);
  const newFlood = () => new Flood(log, summaryMs, clock);
  const [failures, ignored, rejections, faults] = [newFlood(), newFlood(), newFlood(), newFlood()];
  const floods = [failures, ignored, rejections, faults];
  const tripErrors = new TripErrors();
  const tell = (event: BreakerEvent) => log.tell(event);

  const flush = () => floods.forEach((flood) => void flood.flush());
  const dispose = () => floods.forEach((flood) => void flood.dispose());
  const listener: CircuitListener = {
    onBeforeCall: tell,
    onSuccess: tell,
    onFailure: (event) => {
      tripErrors.hear(event);
      failures.tell(event);
    },
    onIgnore: (event) => ignored.tell(event),
    onReject: (event) => rejections.tell(event),
    onStateChange: (event) => log.tell(event, { err: tripErrors.take(event) }),
    onStorageDegraded: tell,
    onStorageRecovered: tell,
    onListenerError: (event) => faults.tell(event),
  };
  return { ...audible(listener, levels), flush, dispose, [disposeSymbol]: dispose };
}

const KEYS: Readonly<Record<string, readonly LevelKey[]>> = {
  onBeforeCall: ['before-call'],
  onSuccess: ['success'],
  onFailure: ['failure'],
  onIgnore: ['ignore'],
  onReject: ['reject'],
  onStateChange: ['open', 'half-open', 'closed', 'isolated', 'disabled'],
  onStorageDegraded: ['storage-degraded'],
  onStorageRecovered: ['storage-recovered'],
  onListenerError: ['listener-error'],
};

/** Without the methods that would say nothing: a breaker makes no event that nobody listens to. */
function audible(listener: CircuitListener, levels: Levels): CircuitListener {
  const isAudible = ([method]: [string, unknown]) => KEYS[method]?.some((key) => levels[key] !== SILENT);
  return Object.fromEntries(Object.entries(listener).filter(isAudible));
}
