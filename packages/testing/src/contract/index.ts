export { describeStorageContract, type StorageContractRunner } from './describe-storage-contract.js';
export type { StorageContractFactory, StorageContractSubject } from './storage-contract-subject.js';
