/** A Redis or Valkey server's program. */
export interface ServerProgram {
  readonly path: string;
  /** What it needs in its environment. */
  readonly environment: Readonly<Record<string, string>>;
}
