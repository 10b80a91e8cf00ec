import { expect, it } from 'vitest';
import { parseAddress } from './node-address.js';

it.each([
  ['10.0.0.1:6379', { host: '10.0.0.1', port: 6379 }],
  ['redis.test:7000', { host: 'redis.test', port: 7000 }],
  ['2001:db8::1:6379', { host: '2001:db8::1', port: 6379 }],
  [':6379', { host: 'answering', port: 6379 }],
  ['?:6379', { host: 'answering', port: 6379 }],
])('reads %s', (text, address) => {
  expect(parseAddress(text, 'answering', undefined)).toEqual(address);
});

it('puts another address in its place where there is one', () => {
  const natMap = { '10.0.0.1:6379': { host: 'outside', port: 1 } };
  for (const given of [natMap, (address: string) => natMap[address as keyof typeof natMap] ?? null]) {
    expect(parseAddress('10.0.0.1:6379', '', given)).toEqual({ host: 'outside', port: 1 });
    expect(parseAddress('10.0.0.2:6379', '', given)).toEqual({ host: '10.0.0.2', port: 6379 });
  }
});
