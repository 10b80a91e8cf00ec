export function seconds(durationMs: number): string {
  return `${(durationMs / 1_000).toFixed(1)} s`;
}

export function milliseconds(duration: number): string {
  return `${Math.round(duration)} ms`;
}
