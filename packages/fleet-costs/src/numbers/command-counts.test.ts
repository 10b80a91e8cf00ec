import { expect, it } from 'vitest';
import { countsBetween, idleTrafficOf, readCommandCounts } from './command-counts.js';

const SECTION = [
  '# Commandstats',
  'cmdstat_get:calls=7,usec=12,usec_per_call=1.71,rejected_calls=0,failed_calls=0',
  'cmdstat_exec:calls=3,usec=9,usec_per_call=3.00,rejected_calls=2,failed_calls=1',
  'cmdstat_client|setinfo:calls=4,usec=2,usec_per_call=0.50,rejected_calls=0,failed_calls=0',
  'cmdstat_time:calls=5,usec=2,usec_per_call=0.40',
  '',
].join('\r\n');

it('are read from what INFO says, with what was refused', () => {
  expect(readCommandCounts(SECTION)).toEqual({ get: 7, exec: 5, 'client|setinfo': 4, time: 5 });
});

it('are compared, also where a command was never run before', () => {
  expect(countsBetween({ get: 7, time: 5 }, { get: 9, time: 5, exec: 1 })).toEqual({ get: 2, exec: 1 });
});

it('leave out the look itself', () => {
  expect(countsBetween({ info: 1 }, { info: 2 })).toEqual({});
});

it('tell polls and pings from what a closed circuit must not send', () => {
  expect(idleTrafficOf({ get: 2, time: 2, ping: 3 })).toEqual({ polls: 4, pings: 3, others: 0 });
  expect(idleTrafficOf({ get: 1, time: 1, watch: 1, exec: 1 })).toEqual({ polls: 2, pings: 0, others: 2 });
});
