export type { RedisClient, RedisStorageOptions } from './options.js';
export { RedisStorage } from './redis-storage.js';
export { RedisStorageError, type RedisStorageErrorFacts } from './redis-storage-error.js';
