import { expect, it } from 'vitest';
import { changeBytes, PING_BYTES_PER_SECOND, pushBytes, readBytes } from './bytes-on-redis.js';

const KEY = '$54\r\nbreaker:{costs-12345-1795480257845}:fleet-1000-outcomes\r\n';
const CHANNEL = '$56\r\nbreaker:{costs-12345-1795480257845}:fleet-1000-outcomes@0\r\n';
const RECORD = { state: 'closed' };
const TEXT = '$18\r\n{"state":"closed"}\r\n';

const READ = [`*2\r\n$3\r\nget\r\n${KEY}*1\r\n$4\r\ntime\r\n`, '*2\r\n$10\r\n1795480257\r\n$6\r\n845648\r\n'];
const WATCH = [`*2\r\n$5\r\nwatch\r\n${KEY}`, '+OK\r\n'];
const UNWATCH = ['*1\r\n$7\r\nunwatch\r\n', '+OK\r\n'];
const EXEC = [
  '*1\r\n$5\r\nmulti\r\n',
  '+OK\r\n',
  `*5\r\n$3\r\nset\r\n${KEY}${TEXT}$2\r\nPX\r\n$5\r\n70000\r\n`,
  '+QUEUED\r\n',
  `*3\r\n$7\r\npublish\r\n${CHANNEL}${TEXT}`,
  '+QUEUED\r\n',
  '*1\r\n$4\r\nexec\r\n',
  '*2\r\n+OK\r\n:32\r\n',
];

function lengthOf(...texts: readonly string[]): number {
  return texts.join('').length;
}

it('are those of the commands and their answers', () => {
  expect(readBytes(undefined)).toBe(lengthOf(...READ, '_\r\n'));
  expect(readBytes(RECORD)).toBe(lengthOf(...READ, TEXT));
  expect(changeBytes(RECORD, undefined)).toBe(lengthOf(...WATCH, ...READ, TEXT, ...UNWATCH));
  expect(changeBytes(undefined, RECORD)).toBe(lengthOf(...WATCH, ...READ, '_\r\n', ...EXEC));
});

it('are those of each push, and of a ping in a second', () => {
  expect(pushBytes(RECORD)).toBe(lengthOf('*3\r\n$7\r\nmessage\r\n', CHANNEL, TEXT));
  expect(PING_BYTES_PER_SECOND).toBe(lengthOf('*1\r\n$4\r\nping\r\n', '+PONG\r\n'));
});

it('count no characters', () => {
  expect(pushBytes('é')).toBe(pushBytes('ee'));
});
