import type { Application } from './scene.js';
import type { World } from './world.js';

/** One thing that happens, and what it makes of the world. */
export interface Step {
  readonly deed: Deed;
  /** To whom it happens; `undefined`: to the storage, or to all. */
  readonly who: number | undefined;
  readonly before: World;
  readonly after: World;
  /** The changes that were applied to the shared record. */
  readonly applied: readonly Application[];
}

export type Deed =
  | 'succeed'
  | 'fail'
  | 'end a call'
  | 'flush'
  | 'speak'
  | 'end the hearing'
  | 'vote'
  | 'ask'
  | 'end the trial'
  | 'poll'
  | 'rule'
  | 'look'
  | 'take place'
  | 'answer'
  | 'hear'
  | 'land'
  | 'give up'
  | 'try again'
  | 'recover'
  | 'crash'
  | 'forget'
  | 'fail over'
  | 'step'
  | 'tick'
  | 'pause';

export function describeStep({ deed, who, before, after, applied }: Step): string {
  const subject = who === undefined ? '' : `${after.processes[who]?.name}: `;
  const parts = applied.map(({ part, before, after }) => `${part.kind}${before === after ? ' (declined)' : ''}`);
  const record = after.storage.record === before.storage.record ? '' : ` -> ${JSON.stringify(after.storage.record)}`;
  return `${subject}${deed} ${parts.join(', ')}${record}`;
}
