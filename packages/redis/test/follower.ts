import { until } from '@breaker/redis-server-for-tests';
import type { RedisStorage } from '../src/index.js';

/** Takes down what it is told. */
export class Follower {
  readonly records: unknown[] = [];
  toldToRead = 0;
  readonly end: () => void;

  constructor(storage: RedisStorage, name: string) {
    this.end = storage.subscribe(name, (...news) => {
      if (news.length === 0) this.toldToRead++;
      else this.records.push(news[0]);
    });
  }

  async untilToldToRead(times = 1): Promise<void> {
    await until(`it is told to read ${times} times`, () => this.toldToRead >= times);
  }

  async untilTold(records: number): Promise<void> {
    await until(`it is told of ${records} records`, () => this.records.length >= records);
  }
}
