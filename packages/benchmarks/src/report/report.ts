import type { BreakerCost } from '../costs/breakers.js';
import type { ConfigurationCost } from '../costs/configurations.js';
import type { ImportTime } from '../costs/import-time.js';
import type { PendingCost } from '../costs/pending-calls.js';
import type { Size } from '../costs/size.js';
import type { Row } from '../measure/interleave.js';

export interface Comparison {
  readonly id: string;
  readonly title: string;
  readonly rows: readonly Row[];
}

/** All that was measured, as it is written to `results`. */
export interface Report {
  readonly node: string;
  readonly machine: string;
  readonly measuredAt: string;
  readonly comparisons: readonly Comparison[];
  readonly configurations: readonly ConfigurationCost[];
  readonly breakers: readonly BreakerCost[];
  readonly pendingCalls: readonly PendingCost[];
  readonly imports: readonly ImportTime[];
  readonly sizes: readonly Size[];
}

/** @throws Error where that comparison was not made */
export function rowsOf({ comparisons }: Report, id: string): readonly Row[] {
  return find(comparisons, id, ({ id }) => id).rows;
}

/** @throws Error where there is none of that name */
export function named<Item extends { readonly name: string }>(items: readonly Item[], name: string): Item {
  return find(items, name, (item) => item.name);
}

function find<Item>(items: readonly Item[], key: string, keyOf: (item: Item) => string): Item {
  const item = items.find((candidate) => keyOf(candidate) === key);
  if (item === undefined) throw new Error(`"${key}" was not measured`);
  return item;
}
