// The same circuit around functions, generators and methods.

import { CircuitBreaker } from '@breaker/core';

const breaker = new CircuitBreaker('catalogue');

// #region wrap
const findBook = breaker.wrap(async (id: number) => `book ${id}`);
const parseBook = breaker.wrapSync((json: string) => JSON.parse(json) as { title: string });

console.log(await findBook(1), parseBook('{ "title": "Emma" }').title);
// #endregion

// #region generator
async function* pages(count: number) {
  for (let page = 1; page <= count; page++) yield `page ${page}`;
}

for await (const page of breaker.wrap(pages)(2)) console.log(page);
// #endregion

// #region decorator
class BookStore {
  readonly name = 'the corner shop';

  @breaker.guard
  async order(id: number): Promise<string> {
    if (id < 0) throw new RangeError('no such book');
    return `book ${id}, from ${this.name}`;
  }
}

const store = new BookStore();
console.log(await store.order(2));
await store.order(-1).catch((error: Error) => console.log(error.message));
// #endregion

console.log(breaker.counts);
