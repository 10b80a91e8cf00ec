import type { CircuitStorage } from '@breaker/core';
import type { MemberSettings } from './member-settings.js';

/** How a member can be made to do wrong, so that the checker can be tested on it. */
export interface Flaws {
  /** Between the breaker and what is written down. Default: nothing */
  readonly above?: (storage: CircuitStorage) => CircuitStorage;
  /** Between what is written down and the server. Default: nothing */
  readonly below?: (settings: MemberSettings, storage: CircuitStorage) => CircuitStorage;
}
