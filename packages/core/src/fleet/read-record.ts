import { type FleetRecord, SCHEMA } from './record.js';

/** The record is none that this version can read. */
class UnreadableRecordError extends Error {
  readonly reason = 'unreadable';
  readonly mayHaveBeenApplied = false;
}

/** @throws UnreadableRecordError where a storage tells no time */
export function checkStorageTime(now: unknown): asserts now is number {
  if (!Number.isFinite(now)) throw new UnreadableRecordError('The storage tells no time');
}

type Fields = Readonly<Record<string, unknown>>;

/**
 * Checks what a storage gave: it may give anything.
 *
 * @throws UnreadableRecordError that says what is wrong with it
 */
export function readRecord(value: unknown): FleetRecord | undefined {
  if (value === undefined) return undefined;
  if (typeof value !== 'object' || value === null) throw new UnreadableRecordError('The record is no object');
  const fields = value as Fields;
  expect('schema', isCount(fields.schema));
  if ((fields.schema as number) > SCHEMA) {
    throw new UnreadableRecordError(
      `The record's schema (${fields.schema}) is newer than ${SCHEMA}, the one known here`,
    );
  }
  expect('epoch', isCount(fields.epoch) && (fields.epoch !== 0 || fields.state === 'closed'));
  expect('revision', isCount(fields.revision));
  expect('trips', isCount(fields.trips));
  expect('changedAt', Number.isFinite(fields.changedAt));
  expect('era', fields.era === undefined ? fields.epoch === 0 : typeof fields.era === 'string');
  expectState(fields);
  // Nothing but the storage goes by these: what is no time counts as absent.
  const { keepUntilAt, ruledUntilAt, ...record } = fields;
  if (Number.isFinite(keepUntilAt)) Object.assign(record, { keepUntilAt });
  if (Number.isFinite(ruledUntilAt)) Object.assign(record, { ruledUntilAt });
  return record as unknown as FleetRecord;
}

function expectState(fields: Fields): void {
  switch (fields.state) {
    case 'closed':
      expect('policyKey', typeof fields.policyKey === 'string');
      expect('hearingEndsAt', fields.hearingEndsAt === undefined || Number.isFinite(fields.hearingEndsAt));
      break;
    case 'open':
      expect('openUntilAt', Number.isFinite(fields.openUntilAt));
      break;
    case 'half-open':
      expect('limit', isCount(fields.limit) && fields.limit !== 0);
      expect('need', isCount(fields.need) && fields.need !== 0);
      expect('successes', isCount(fields.successes));
      expect('leases', Array.isArray(fields.leases) && fields.leases.every(isLease));
      break;
    default:
      expect('state', fields.state === 'isolated' || fields.state === 'disabled');
  }
}

function isLease(value: unknown): boolean {
  const { id, expiresAt } = (value ?? {}) as Fields;
  return typeof id === 'string' && Number.isFinite(expiresAt);
}

/** Far from where a number cannot grow by one any more. */
const GREATEST_COUNT = 2 ** 52;

function isCount(value: unknown): boolean {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) <= GREATEST_COUNT;
}

function expect(field: string, isRight: boolean): void {
  if (!isRight) throw new UnreadableRecordError(`The record's ${field} is not what it should be`);
}
