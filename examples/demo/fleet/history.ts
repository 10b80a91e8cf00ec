/** What something was, and since when. */
export class History<T> {
  readonly #entries: { readonly since: number; readonly what: T }[] = [];

  /** What was last told may have happened before what was told earlier. */
  become(what: T, since: number): void {
    this.#entries.push({ since, what });
    this.#entries.sort((a, b) => a.since - b.since);
  }

  at(instant: number): T | undefined {
    return this.#entries.findLast(({ since }) => since <= instant)?.what;
  }
}
