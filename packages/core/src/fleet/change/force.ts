import type { Ruling } from '../../circuit/event.js';
import { applyEvent, type Change } from './change.js';

/** Rules by hand: that state, in a new epoch; nothing where it is so already, but for `close`. */
export function force(ruling: Ruling, era: string): Change {
  return (record, now, terms) => applyEvent(record, ruling, now, terms, era);
}
