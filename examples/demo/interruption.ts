/** Resolves to the exit code when nobody wants to see more: after Ctrl-C, SIGTERM, or when a pipe is closed. */
export function interruption(): Promise<number> {
  return new Promise((resolve) => {
    process.once('SIGINT', () => resolve(130));
    process.once('SIGTERM', () => resolve(143));
    process.stdout.on('error', () => resolve(0));
  });
}
