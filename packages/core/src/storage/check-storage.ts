import { checkFunction, optional, shape } from '../check.js';
import type { CircuitStorage } from './circuit-storage.js';

/** Checks a storage by what it can do. */
export const checkStorage = shape<CircuitStorage>('a storage, such as new MemoryStorage()', {
  read: checkFunction,
  update: checkFunction,
  ...optional({ subscribe: checkFunction, close: checkFunction }),
});
