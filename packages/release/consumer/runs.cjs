// The same as CommonJS, without the `await` that it has not.

const { CircuitBreaker } = require('@breaker/core');
const { pinoListener } = require('@breaker/listeners-pino');
const { RedisStorage } = require('@breaker/redis');
const { trip } = require('@breaker/testing');
const { describeStorageContract } = require('@breaker/testing/contract');

const breaker = new CircuitBreaker('smoke');
trip(breaker).then(() =>
  console.log(breaker.state, typeof describeStorageContract, typeof RedisStorage, typeof pinoListener),
);
