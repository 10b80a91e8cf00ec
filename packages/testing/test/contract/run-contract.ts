import { describeStorageContract, type StorageContractFactory } from '../../src/contract/index.js';

interface CollectedTest {
  readonly name: string;
  readonly run: () => Promise<void>;
}

/** Gives the tests of the suite, as a test runner gets them. */
export function collectContract(factory: StorageContractFactory): CollectedTest[] {
  const tests: CollectedTest[] = [];
  describeStorageContract('a storage', factory, {
    describe: (_, body) => body(),
    it: (name, run) => tests.push({ name, run }),
  });
  return tests;
}

/** Runs the suite; gives what the tests that failed said, by their names. */
export async function failuresOf(factory: StorageContractFactory): Promise<Record<string, string>> {
  const failures: Record<string, string> = {};
  for (const { name, run } of collectContract(factory)) {
    await run().catch((error: Error) => {
      failures[name] = error.message;
    });
  }
  return failures;
}
