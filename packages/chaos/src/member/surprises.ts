import type { HistoryFile } from '../history/history-file.js';

/** Writes down what nobody has handled. The process goes on. */
export function recordSurprises(history: HistoryFile): void {
  const record = (where: string) => (error: unknown) =>
    history.write({ type: 'surprised', where, error: error instanceof Error ? String(error.stack) : String(error) });
  process.on('unhandledRejection', record('unhandled rejection'));
  process.on('uncaughtException', record('uncaught exception'));
}
