import { expect, it } from 'vitest';
import { keysOf } from './keys.js';

it('names a record so that people can find it', () => {
  expect(keysOf('shop', '', 0).of('payments')).toBe('breaker:{shop}:payments');
  expect(keysOf('shop', 'stage:', 0).of('https://api.example/v1')).toBe('stage:breaker:{shop}:https://api.example/v1');
  expect(keysOf('shop', '', 0).of('Zürich')).toBe('breaker:{shop}:Zürich');
});

it('names the channel after the key and the database', () => {
  expect(keysOf('shop', '', 3).channelOf('payments')).toBe('breaker:{shop}:payments@3');
});

it('keeps all pairs of a namespace and a name apart, and their hash tags whole', () => {
  const parts = [
    'a',
    'a}:b',
    'b',
    '}',
    '{',
    '{a}',
    'a:b',
    ':',
    '%',
    '%007b',
    ' ',
    '\n',
    '\ud800',
    '\udfff',
    'a}',
    '\u00a0',
  ];
  const keys = parts.flatMap((namespace) => parts.map((name) => keysOf(namespace, '', 0).of(name)));
  const asBytes = keys.map((key) => Buffer.from(key).toString('hex'));
  expect(new Set(asBytes).size).toBe(parts.length ** 2);
  for (const key of keys) expect(key).toMatch(/^breaker:\{[^{}\s]+\}:[^{}\s]+$/);
});
