import type { Shown } from '../history/history-event.js';
import type { Dependency } from './dependency.js';

/** What can be ruled by hand: the breaker's methods of these names. */
export type Ruling = 'open' | 'halfOpen' | 'close' | 'isolate' | 'disable';

/** What a member is told to do. */
export type Order =
  | { readonly type: 'meet'; readonly dependency: Dependency }
  | { readonly type: 'rule'; readonly question: number; readonly ruling: Ruling }
  | { readonly type: 'show'; readonly question: number }
  /** Lets go of everything; the process must then end by itself. */
  | { readonly type: 'end' };

/** What a member tells. */
export type News =
  | { readonly type: 'ready' | 'changed'; readonly shown: Shown }
  | { readonly type: 'trial' | 'degraded' | 'recovered' }
  | { readonly type: 'answer'; readonly question: number; readonly shown: Shown; readonly error?: string };
