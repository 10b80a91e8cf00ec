import * as ioredis from 'ioredis';
import { vi } from 'vitest';
import { describeContractOnRedis } from './describe-contract.js';

vi.mock('ioredis', () => import('ioredis-5'));

describeContractOnRedis('ioredis 5', ioredis);
