import type { Change } from '../../src/fleet/change/change.js';
import type { FleetRecord } from '../../src/fleet/record.js';
import type { Protocol } from './protocol.js';

/** A protocol with one thing wrong. */
export interface Mutant {
  /** What is wrong with it. */
  readonly name: string;
  /** The invariant that shows it first. */
  readonly breaks: string;
  /** The bounds within which it shows. */
  readonly within: string;
  of(protocol: Protocol): Protocol;
}

/** Exchanges a part of the protocol for one made of it. */
export function having(change: (protocol: Protocol) => Partial<Protocol>): (protocol: Protocol) => Protocol {
  return (protocol) => ({ ...protocol, ...change(protocol) });
}

/** A change that takes the record for another one; what it declines stays as it is. */
export function seeing(disguise: (record: FleetRecord, now: number) => FleetRecord, change: Change): Change {
  return (record, now, terms) => {
    const seen = disguise(record, now);
    const after = change(seen, now, terms);
    return after === seen ? record : after;
  };
}
