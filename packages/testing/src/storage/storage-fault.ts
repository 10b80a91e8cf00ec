import type { StorageFault } from '@breaker/core';

/** An error as a storage rejects with: it says whether something may have been written all the same. */
export function storageFault(message: string, facts: Required<StorageFault>): Error & StorageFault {
  return Object.assign(new Error(message), facts);
}
