import { type FleetRecord, SCHEMA } from './record.js';

/** @throws Error where a storage tells no time: unreadable, as a storage's errors say it */
export function checkStorageTime(now: unknown): asserts now is number {
  if (!isTime(now)) throw unreadable('The storage tells no time');
}

type Fields = Readonly<Record<string, unknown>>;
type Checks = Readonly<Record<string, (value: unknown) => boolean>>;

const OF_EVERY_STATE: Checks = { epoch: isCount, revision: isCount, trips: isCount, changedAt: isTime };

const OF_STATE = new Map<unknown, Checks>([
  ['closed', { policyKey: isString, hearingEndsAt: (value) => value === undefined || isTime(value) }],
  ['open', { openUntilAt: isTime }],
  ['half-open', { limit: isPositive, need: isPositive, successes: isCount, leases: areLeases }],
  ['isolated', {}],
  ['disabled', {}],
]);

/**
 * Checks what a storage gave: it may give anything.
 *
 * @throws Error that says what is wrong with it: unreadable, as a storage's errors say it
 */
export function readRecord(value: unknown): FleetRecord | undefined {
  if (value === undefined) return undefined;
  if (typeof value !== 'object' || value === null) throw unreadable('The record is no object');
  const { keepUntilAt, ruledUntilAt, ...fields } = value as Fields;
  const { schema, state, epoch, era } = fields;
  expect('schema', isCount(schema));
  if ((schema as number) > SCHEMA) {
    throw unreadable(`The record's schema (${schema}) is newer than ${SCHEMA}, the one known here`);
  }
  const ofState = OF_STATE.get(state);
  expect('state', ofState !== undefined);
  for (const [field, isRight] of Object.entries({ ...OF_EVERY_STATE, ...ofState })) {
    expect(field, isRight(fields[field]));
  }
  expect('epoch', epoch !== 0 || state === 'closed');
  expect('era', era === undefined ? epoch === 0 : isString(era));
  // Nothing but the storage goes by these: what is no time counts as absent.
  return {
    ...fields,
    ...(isTime(keepUntilAt) && { keepUntilAt }),
    ...(isTime(ruledUntilAt) && { ruledUntilAt }),
  } as unknown as FleetRecord;
}

/** A hint of what was written; `undefined` where it is none: then a read tells. */
export function readHint(pushed: unknown): FleetRecord | undefined {
  try {
    return readRecord(pushed);
  } catch {
    return undefined;
  }
}

function unreadable(message: string): Error {
  return Object.assign(new Error(message), { reason: 'unreadable', mayHaveBeenApplied: false });
}

function expect(field: string, isRight: boolean): void {
  if (!isRight) throw unreadable(`The record's ${field} is not what it should be`);
}

function areLeases(value: unknown): boolean {
  return Array.isArray(value) && value.every((lease: Fields | null) => isString(lease?.id) && isTime(lease?.expiresAt));
}

/** Far from where a number cannot grow by one any more. */
const GREATEST_COUNT = 2 ** 52;

function isCount(value: unknown): boolean {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) <= GREATEST_COUNT;
}

function isPositive(value: unknown): boolean {
  return isCount(value) && value !== 0;
}

function isTime(value: unknown): value is number {
  return Number.isFinite(value);
}

function isString(value: unknown): boolean {
  return typeof value === 'string';
}
