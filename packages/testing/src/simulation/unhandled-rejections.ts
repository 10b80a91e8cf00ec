import type { Report } from './watcher.js';

/** What tells of rejections: the `process` of Node and its like. */
export interface RejectionSource {
  on(event: 'unhandledRejection', listener: (reason: unknown) => void): unknown;
  off(event: 'unhandledRejection', listener: (reason: unknown) => void): unknown;
}

/** Reports rejections that nobody handles, where the platform tells of them; gives a function that stops it. */
export function watchRejections(
  report: Report,
  source = (globalThis as { readonly process?: RejectionSource }).process,
): () => void {
  const listener = (reason: unknown) => report(12, `a rejection that nobody handles: ${String(reason)}`);
  source?.on('unhandledRejection', listener);
  return () => void source?.off('unhandledRejection', listener);
}
