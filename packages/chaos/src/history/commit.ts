import type { HistoryEvent, Ran } from './history-event.js';
import { asStoredCircuit, type StoredCircuit } from './stored-circuit.js';

/** A record was replaced. */
export interface Commit {
  /** The member that did it. */
  readonly by: string;
  /** When the update was asked for. */
  readonly askedAt: number;
  /** When the change ran whose result was written: it was written later. */
  readonly ranAt: number;
  /** When its maker knew; infinity where it never did. */
  readonly knownAt: number;
  /** What the storage's clock said. */
  readonly now: number;
  /** What was stored; `undefined` where nothing was. */
  readonly before: StoredCircuit | undefined;
  readonly after: StoredCircuit;
}

/**
 * Whether it took the record one step on: one revision, and one epoch at most. A process that teaches the storage what that has
 * lost takes more at once, or begins what has begun before.
 */
export function isStep({ before, after }: Commit): boolean {
  return after.revision === (before?.revision ?? 0) + 1 && after.epoch <= (before?.epoch ?? 0) + 1;
}

/** How one update went on, so far. */
interface Course {
  readonly by: string;
  readonly askedAt: number;
  ran?: Ran & { readonly at: number };
  knownAt?: number;
  isLost?: boolean;
}

/**
 * All commits, in their order: one that is made begins before the next one that is made, because every change runs on what the one
 * before it has left. An update that was in doubt has been made where anybody has seen what it wrote.
 */
export function commitsOf(events: readonly HistoryEvent[]): Commit[] {
  const seen = recordsSeen(events);
  const commits: Commit[] = [];
  for (const { by, askedAt, ran, knownAt = Number.POSITIVE_INFINITY, isLost = false } of coursesOf(events)) {
    const after = asStoredCircuit(ran?.after);
    if (ran === undefined || after === undefined || isLost) continue;
    if (knownAt === Number.POSITIVE_INFINITY && !seen.has(textOf(ran.after))) continue;
    commits.push({ by, askedAt, ranAt: ran.at, knownAt, now: ran.now, before: asStoredCircuit(ran.before), after });
  }
  return commits.sort((one, other) => one.ranAt - other.ranAt);
}

function coursesOf(events: readonly HistoryEvent[]): Iterable<Course> {
  const courses = new Map<string, Course>();
  for (const event of events) {
    if (event.type === 'asked') courses.set(`${event.by} ${event.update}`, { by: event.by, askedAt: event.at });
    if (event.type !== 'ran' && event.type !== 'answered' && event.type !== 'failed') continue;
    const course = courses.get(`${event.by} ${event.update}`);
    if (course === undefined) continue;
    // A change that runs again has lost the race in which it ran before.
    if (event.type === 'ran') course.ran = event;
    else if (event.type === 'answered') course.knownAt = event.at;
    else course.isLost = !event.mayHaveBeenApplied;
  }
  return courses.values();
}

function recordsSeen(events: readonly HistoryEvent[]): ReadonlySet<string> {
  const seen = new Set<string>();
  for (const event of events) {
    if (event.type === 'ran') seen.add(textOf(event.before));
    else if (event.type === 'read' || event.type === 'pushed' || event.type === 'observed')
      seen.add(textOf(event.record));
  }
  return seen;
}

function textOf(record: unknown): string {
  return JSON.stringify(record) ?? '';
}
