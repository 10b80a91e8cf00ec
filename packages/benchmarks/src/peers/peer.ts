/** What is guarded: a call that gives a promise. */
export type Call = () => Promise<number>;

/** When a circuit trips: so many failures in a row, or that share of the calls in a window of time. */
export type Trip =
  | { readonly kind: 'consecutive'; readonly failures: number }
  | { readonly kind: 'rate'; readonly share: number; readonly windowMs: number; readonly minimumCalls: number };

/** What a case asks of a peer, in no peer's words. */
export interface Demands {
  readonly trip: Trip;
  /** Counts and judges as ever, but never trips. */
  readonly staysClosed?: boolean;
  readonly resetTimeoutMs: number;
  readonly timeoutMs?: number;
  /** Called after every success. */
  readonly onSuccess?: () => void;
  /** Called after every change of state. */
  readonly onStateChange?: () => void;
}

/** A call under guard. */
export interface Guarded {
  readonly call: Call;
  /** What the library made: its weight is the peer's, and the adapter's is not. */
  readonly made: object;
  /** Ends what it left running. */
  readonly dispose: () => void;
}

/** A way to guard calls: one adapter a library, set up as its own documents say. */
export interface Peer {
  readonly name: string;
  /** Whether the end of open is a timer, and not a look at the clock. */
  readonly reopensByTimer: boolean;
  /** How many calls its window of time remembers at most; without limit where it is absent. */
  readonly remembersAtMost?: number;
  /** Guards a call; `undefined` where it cannot do what is asked. */
  guard(call: Call, demands: Demands): Guarded | undefined;
}

export const nothingToDispose = (): void => undefined;
