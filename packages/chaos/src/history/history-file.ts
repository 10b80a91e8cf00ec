import { closeSync, openSync, readdirSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Happening, HistoryEvent } from './history-event.js';
import { machineTime } from './machine-time.js';

/** What one process writes down. Every event is with the system when `write` returns: a process that is killed has lost nothing. */
export class HistoryFile {
  readonly #file: number;

  constructor(
    path: string,
    readonly by: string,
  ) {
    this.#file = openSync(path, 'a');
  }

  write(happening: Happening): void {
    writeSync(this.#file, `${JSON.stringify({ by: this.by, at: machineTime(), ...happening })}\n`);
  }

  close(): void {
    closeSync(this.#file);
  }
}

/** Reads all files of a folder; in the order of time. */
export function readHistory(folder: string): HistoryEvent[] {
  const files = readdirSync(folder).filter((name) => name.endsWith('.ndjson'));
  return files.flatMap((name) => readEvents(join(folder, name))).sort((one, other) => one.at - other.at);
}

function readEvents(path: string): HistoryEvent[] {
  const lines = readFileSync(path, 'utf8').split('\n');
  lines.pop(); // nothing, or the torn line of a process that was killed while it wrote
  return lines.map((line) => JSON.parse(line) as HistoryEvent);
}
