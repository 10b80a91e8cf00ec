import type { Report } from './watcher.js';

type Listen = (event: 'unhandledRejection', listener: (reason: unknown) => void) => void;

/** Reports rejections that nobody handles, where the platform tells of them; gives a function that stops it. */
export function watchRejections(report: Report): () => void {
  const { process } = globalThis as { readonly process?: { readonly on?: Listen; readonly off?: Listen } };
  const listener = (reason: unknown) => report(12, `a rejection that nobody handles: ${String(reason)}`);
  process?.on?.('unhandledRejection', listener);
  return () => process?.off?.('unhandledRejection', listener);
}
