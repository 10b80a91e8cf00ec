import type { CircuitStorage } from '@breaker/core';
import { checkFunction, checkObject } from '../check.js';

/** A storage to be tested, and what the suite may use besides. */
export interface StorageContractSubject {
  readonly storage: CircuitStorage;
  /** A second storage on the same data, as another process would have one. */
  readonly another?: CircuitStorage | undefined;
  /** What the storage's clock says, from outside, in milliseconds. */
  now?(): number | PromiseLike<number>;
  /** Called at the end of the test. */
  cleanup?(): unknown;
}

/** Makes what one test needs. */
export type StorageContractFactory = () => StorageContractSubject | PromiseLike<StorageContractSubject>;

/** @throws TypeError that names what is missing or wrong */
export function checkSubject(subject: unknown): asserts subject is StorageContractSubject {
  checkObject('factory()', subject, 'an object with a storage');
  const { storage, another, now, cleanup } = subject as StorageContractSubject;
  checkStorage('storage', storage);
  if (another !== undefined) checkStorage('another', another);
  if (another === storage)
    throw new TypeError('another must be a second storage on the same data, but is the first one');
  if (now !== undefined) checkFunction('now', now);
  if (cleanup !== undefined) checkFunction('cleanup', cleanup);
}

function checkStorage(name: string, value: unknown): asserts value is CircuitStorage {
  checkObject(name, value, 'a storage');
  const { read, update, subscribe, close } = value as CircuitStorage;
  checkFunction(`${name}.read`, read);
  checkFunction(`${name}.update`, update);
  if (subscribe !== undefined) checkFunction(`${name}.subscribe`, subscribe);
  if (close !== undefined) checkFunction(`${name}.close`, close);
}
