import type { RecordChange } from '@breaker/core';
import { Operation } from './operation.js';
import { recordOf, textOfRecord } from './record-text.js';

/** One change that waits for its transaction. */
export class Update extends Operation {
  constructor(
    readonly change: RecordChange,
    timeoutMs: number,
  ) {
    super(timeoutMs);
  }
}

/** What is to be written. */
export interface Writing {
  readonly text: string;
  readonly keepUntilAt: unknown;
}

/** Runs changes of one record, each on what the one before it has made. What throws is rejected, and leaves the others alone. */
export function runChanges(updates: readonly Update[], text: string | undefined, now: number): Writing | undefined {
  let writing: Writing | undefined;
  for (const update of updates) {
    if (update.isSettled) continue;
    try {
      const record = update.change(recordOf(writing?.text ?? text), now);
      if (record !== undefined) writing = { text: textOfRecord(record), keepUntilAt: record.keepUntilAt };
    } catch (error) {
      update.reject(error);
    }
  }
  return writing;
}
