import { expect, it } from 'vitest';
import { parseAddress } from './address.js';

it('has a host, and the usual port', () => {
  expect(parseAddress('redis://cache')).toEqual({ host: 'cache', port: 6_379 });
});

it('may have everything else besides', () => {
  expect(parseAddress('redis://me:p%40ss@[::1]:7000/3')).toEqual({
    host: '::1',
    port: 7_000,
    username: 'me',
    password: 'p@ss',
    db: 3,
  });
});

it.each(['', 'cache:6379', 'rediss://cache'])('is refused where nothing can be measured: %o', (text) => {
  expect(() => parseAddress(text)).toThrow(/^REDIS_URL must be redis:.*, but is/);
});
