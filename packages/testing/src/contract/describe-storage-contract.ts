import { checkFinite, checkFunction } from '../check.js';
import { copying } from './copying.js';
import { keeping } from './keeping.js';
import { naming } from './naming.js';
import { pushing } from './pushing.js';
import { racing } from './racing.js';
import { checkSubject, type StorageContractFactory, type StorageContractSubject } from './storage-contract-subject.js';
import type { Setting, StorageTests } from './storage-test.js';
import { timing } from './timing.js';
import { updating } from './updating.js';

/** What the suite uses of a test runner. */
export interface StorageContractRunner {
  /** Names a group of tests. */
  describe(name: string, body: () => void): unknown;
  /** Names a test, which fails by rejecting. */
  it(name: string, test: () => Promise<void>): unknown;
}

const TESTS: StorageTests = { ...updating, ...racing, ...naming, ...copying, ...timing, ...keeping, ...pushing };

/**
 * Describes the suite that every storage passes. It works under names of its own, so the data need not be empty.
 *
 * @param name - what the storage is called in reports
 * @param factory - makes a storage; called for every test
 * @param runner - `describe` and `it` of a test runner. Default: the global ones
 * @throws TypeError for a wrong argument, or where there are no globals
 */
export function describeStorageContract(
  name: string,
  factory: StorageContractFactory,
  runner: Partial<StorageContractRunner> = {},
): void {
  checkFunction('factory', factory);
  const globals = globalThis as Partial<StorageContractRunner>;
  const { describe = globals.describe, it = globals.it } = runner;
  if (typeof describe !== 'function' || typeof it !== 'function') {
    throw new TypeError('describe and it must be functions: those of a test runner, global or as the third argument');
  }
  describe(`${name} keeps the storage contract`, () => {
    it('has a factory that gives a storage', () => withSetting(factory, async ({ now }) => void (await now())));
    for (const [what, test] of Object.entries(TESTS)) it(what, () => withSetting(factory, test));
  });
}

async function withSetting(factory: StorageContractFactory, test: (setting: Setting) => Promise<void>): Promise<void> {
  const subject = await factory();
  checkSubject(subject);
  const { storage, another = storage } = subject;
  const name = `contract-${Math.random().toString(36).slice(2)}`;
  try {
    await test({ storage, another, now: () => clockSeenFromOutside(subject), name });
  } finally {
    await subject.cleanup?.();
  }
}

async function clockSeenFromOutside(subject: StorageContractSubject): Promise<number | undefined> {
  const now: unknown = await subject.now?.();
  if (now !== undefined) checkFinite('now()', now);
  return now as number | undefined;
}
