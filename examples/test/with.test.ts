import { expect, it } from 'vitest';
import { allExamples } from './all-examples.js';
import { describeExamples } from './describe-examples.js';

/** What the examples with other libraries print, among other things. */
const EXPECTED: Record<string, readonly (string | RegExp)[]> = {
  'with/axios.ts': [
    'some text closed\nthrew 404 closed\nthrew 500 closed\nthrew 502 closed\nthrew 503 open\nCircuit "articles" is open',
  ],
  'with/cockatiel.ts': [
    /^12 otters after 3 requests, [0-3] rejected\nCircuit "zoo" is isolated .* \([1-4] rejected\)$/m,
  ],
  'with/express.ts': [
    /^504, Retry-After: null\n504, Retry-After: null\n503, Retry-After: (60|[1-5]\d)\n503, Retry-After: null$/m,
  ],
  'with/fastify.ts': [
    /^502, Retry-After: null\n502, Retry-After: null\n503, Retry-After: (60|[1-5]\d)\n503, Retry-After: null$/m,
  ],
  'with/fetch.ts': ['200 closed\n404 closed\n500 closed\n429 closed\n503 open\nCircuit "articles" is open'],
  'with/nestjs/main.ts': [/^500, Retry-After: null\n500, Retry-After: null\n503, Retry-After: (60|[1-5]\d)$/m],
  'with/p-retry.ts': [/^12 otters after 3 requests, [01] rejected\nCircuit "zoo" is isolated .* \([12] rejected\)$/m],
  'with/postgres.ts': [
    /^Ada: added \(closed\)\n(Ada: duplicate key value \(closed\)\n){3}Ben: added \(closed\)$/m,
    /^Cleo: Connection .*\(closed\)\nCleo: .*ECONNREFUSED.* \(closed\)\nCleo: .* \(open\)\nCleo: Circuit "users-database" is open/m,
  ],
  'with/undici.ts': [
    /^some text closed\n(Response Error closed\n){3}Circuit "articles" opened .* open\nCircuit "articles" is open/m,
  ],
};

it('knows every one of them', () => {
  expect(Object.keys(EXPECTED).sort()).toEqual(allExamples.filter((file) => file.startsWith('with/')).sort());
});

describeExamples(EXPECTED);
