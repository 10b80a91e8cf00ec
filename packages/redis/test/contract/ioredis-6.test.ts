import * as ioredis from 'ioredis';
import { describeContractOnRedis } from './describe-contract.js';

describeContractOnRedis('ioredis 6', ioredis);
