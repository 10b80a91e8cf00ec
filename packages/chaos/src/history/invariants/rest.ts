import type { History } from '../history.js';
import type { Gathered, Shown } from '../history-event.js';
import { asStoredCircuit, type StoredCircuit } from '../stored-circuit.js';
import type { Violation } from '../violation.js';

/**
 * Invariants 6 and 8, each time faults have stopped and the dependency is up, after as long as the fleet was given: it is closed, and
 * all its processes show, and know, what is stored.
 */
export function* checkRest(history: History): Generator<Violation> {
  const known = new Map<string, StoredCircuit | undefined>();
  const ran = new Map<string, unknown>();
  for (const event of history.events) {
    const { by, at, type } = event;
    if (type === 'pushed' && event.record !== undefined) known.set(by, asStoredCircuit(event.record));
    else if (type === 'read') known.set(by, asStoredCircuit(event.record));
    else if (type === 'ran') ran.set(by, event.after ?? event.before);
    else if (type === 'answered') known.set(by, asStoredCircuit(ran.get(by)));
    else if (type === 'gathered') {
      for (const violation of checkGathered(event, at, known)) yield { ...violation, at };
    }
  }
}

function* checkGathered(
  { stored, shown, since }: Gathered,
  at: number,
  known: ReadonlyMap<string, StoredCircuit | undefined>,
): Generator<Omit<Violation, 'at'>> {
  const record = asStoredCircuit(stored);
  const state = record?.state ?? 'closed';
  const patience = `${Math.round(at - since)} ms after all was mended`;
  if (state !== 'closed') yield { invariant: 6, message: `${patience}, ${state} is stored` };
  for (const member of shown) {
    if (member.degraded) yield { invariant: 8, message: `${patience}, ${member.member} is still degraded` };
    else yield* checkShown(member, state, known.get(member.member), record);
  }
}

function* checkShown(
  { member, state, scope }: Shown,
  stored: string,
  known: StoredCircuit | undefined,
  record: StoredCircuit | undefined,
): Generator<Omit<Violation, 'at'>> {
  if (scope === 'fleet' && state !== stored)
    yield { invariant: 8, message: `${member} shows ${state}, but stored is ${stored}` };
  else if (state !== 'closed') yield { invariant: 6, message: `all is well, and ${member} shows ${state} still` };
  if (known?.epoch !== record?.epoch || known?.era !== record?.era) {
    yield { invariant: 8, message: `${member} knows epoch ${known?.epoch}, but stored is ${record?.epoch}` };
  }
}
