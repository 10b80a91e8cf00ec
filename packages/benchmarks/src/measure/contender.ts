/** One of those that are compared. */
export interface Contender {
  readonly name: string;
  /** Does its work that many times, one after the other. */
  run(times: number): Promise<void>;
  /** Makes things ready for a sample; not measured. */
  prepare?(): Promise<void>;
  /** How often it may do its work in one sample; without limit where it is absent. */
  readonly most?: number | undefined;
  /** Ends what it left running. */
  dispose(): void;
}
