import { checkFunction, checkObject } from '../check.js';
import type { CircuitStorage } from './circuit-storage.js';

/** Checks a storage by what it can do. */
export function checkStorage(name: string, value: unknown): asserts value is CircuitStorage {
  checkObject(name, value, 'a storage, such as new MemoryStorage()');
  const storage = value as CircuitStorage;
  checkFunction(`${name}.read`, storage.read);
  checkFunction(`${name}.update`, storage.update);
  if (storage.subscribe !== undefined) checkFunction(`${name}.subscribe`, storage.subscribe);
  if (storage.close !== undefined) checkFunction(`${name}.close`, storage.close);
}
