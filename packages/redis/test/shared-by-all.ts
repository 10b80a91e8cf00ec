import { afterAll } from 'vitest';

/** Starts something when it is first needed, for all tests of a suite, and stops it at the end of that. */
export function sharedByAll<T extends { stop(): Promise<unknown> }>(start: () => Promise<T>): () => Promise<T> {
  let started: Promise<T> | undefined;
  afterAll(async () => (await started)?.stop());
  return () => {
    started ??= start();
    return started;
  };
}
