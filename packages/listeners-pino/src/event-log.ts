import type { BreakerEvent } from '@breaker/core';
import type { Level } from 'pino';
import { fieldsOf } from './fields.js';
import { type Levels, SILENT } from './levels.js';
import { messageOf } from './message.js';
import type { LevelsOfLogger, PinoLogger } from './pino-logger.js';
import type { Tally } from './tally.js';

/** Writes lines at the levels of their events. */
export class EventLog {
  readonly #logger: PinoLogger & LevelsOfLogger;
  readonly #levels: Levels;

  constructor(logger: PinoLogger & LevelsOfLogger, levels: Levels) {
    this.#logger = logger;
    this.#levels = levels;
  }

  /** Whether the logger would write it now: else nothing need be made of it. */
  wants(event: BreakerEvent): boolean {
    const level = this.#levelOf(event);
    return level !== SILENT && this.#logger.isLevelEnabled?.(level) !== false;
  }

  /** Writes a line of one event, where it is wanted. */
  tell(event: BreakerEvent, more?: object): void {
    if (this.wants(event)) this.#write(event, { ...fieldsOf(event), ...more }, messageOf(event));
  }

  /** Writes a line of many. */
  sumUp(tally: Tally, overMs: number): void {
    if (this.wants(tally.last)) this.#write(tally.last, tally.fields(overMs), tally.message(overMs));
  }

  #write(event: BreakerEvent, fields: object, message: string): void {
    // One of the logger's own has a method like theirs.
    this.#logger[this.#levelOf(event) as Level](fields, message);
  }

  #levelOf(event: BreakerEvent): string {
    return this.#levels[event.type === 'state-change' ? event.to : event.type];
  }
}
