import { type DestinationStream, type LoggerOptions, pino } from 'pino';

export type Line = Readonly<Record<string, unknown>>;

/** Lines that pino has written. */
class Memory implements DestinationStream {
  readonly lines: Line[] = [];
  /** What the next writes throw, where there is something. */
  fault: Error | undefined;

  write(line: string): void {
    if (this.fault !== undefined) throw this.fault;
    this.lines.push(JSON.parse(line));
  }

  /** The lines of a type of event, without what pino adds and `at`. */
  of(type: string): Line[] {
    return this.lines.filter((line) => line.type === type).map(({ level, time, at, ...rest }) => rest);
  }

  get messages(): unknown[] {
    return this.lines.map(({ msg }) => msg);
  }
}

/** A logger into memory, at the lowest level. */
export function memoryLogger(options: LoggerOptions = {}, makeLogger = pino) {
  const memory = new Memory();
  return { memory, logger: makeLogger({ level: 'trace', base: null, ...options }, memory) };
}
