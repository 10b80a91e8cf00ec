import { expect, it } from 'vitest';
import { allExamples } from './all-examples.js';
import { describeExamples } from './describe-examples.js';

/** What each example prints, among other things. */
const EXPECTED: Record<string, readonly (string | RegExp)[]> = {
  'business-errors.ts': [
    /NotFoundError +a success/,
    /QuotaError +ignored/,
    /any other error +a failure/,
    /with 200 +a success/,
    /with 503 +a failure/,
  ],
  'fallback.ts': ['asked in vain: 503 Service Unavailable\nrate 11.5', 'not asked:', '3 requests for 5 calls'],
  'health-endpoint.ts': ['200 well payments closed\n200 impaired payments closed, mail open'],
  'listeners.ts': [
    'payments: closed -> open (tripped)\npayments: call rejected (open)',
    'payments: half-open -> closed (trial-succeeded)',
    "'before-call': 3",
  ],
  'listeners-alerting.ts': [
    /^page: payments has opened\npage: payments is well again\npayments: closed$/m,
    /^(nobody was woken: Error: the pager is down, too\n){2}mail: closed$/m,
  ],
  'listeners-composed.ts': [
    /^first: a success \(number\)\nlast: onSuccess threw Error: disk full\nfound$/m,
    /found\nfirst: a success \(number\)\nfound again\naudit: isolated \(manual\)\n$/,
  ],
  'listeners-shared.ts': ["unwell: { payments: 'isolated', 'a.example': 'open' }"],
  'manual-control.ts': [
    /^isolated +Circuit "search" is isolated/m,
    /^disabled +nothing to search for/m,
    /^open +Circuit "search" is open/m,
    /^closed +found otters/m,
    /failures: 1/,
  ],
  'own-trip-policy.ts': [/open after \d+ failures in a row: at least 100 ms/],
  'permit.ts': [
    '3 pages: printed',
    '500 pages: too long',
    '20 pages: paper jam',
    '3 pages: not tried: Circuit "printer"',
  ],
  'pino.ts': [
    /"level":40,.*"service":"shop","type":"state-change",.*"message":"cannot pay 3".* is open: tripped"\}$/m,
    /"type":"reject",.*"count":1,"reason":"open"/,
    /"count":196,.*"counts":\{"open":196\},.* 196 more calls rejected in/,
  ],
  'pino-levels.ts': [
    /^({"level":55,.*by hand"}\n{"level":40,.*"count":1,.*\n){2}/m,
    /"circuit":"a\.example".*"count":9,.*\n.*"circuit":"b\.example".*"count":9,/,
  ],
  'quick-start.ts': [
    /^Asked in vain\. Error: HTTP 503\nAsked in vain\. Error: HTTP 503\nAsked in vain\. .* opened with the failure of this call/,
    /Not asked\. CircuitOpenError: Circuit "weather" is open for another \d+ ms/,
  ],
  'redis.ts': ['paid 20\n503 Service', 'Circuit "payments" opened with', 'Circuit "payments" is open'],
  'registry.ts': [/127\.0\.0\.1:\d+ closed 0 failures/, /127\.0\.0\.1:\d+ open 2 failures/],
  'serverless.ts': [
    'function 1: 421 Service not available\nfunction 2: 421 Service not available\nfunction 3: Circuit "mail" is open',
  ],
  'sharing-a-circuit.ts': [
    'alone, both would go on\n',
    'Oslo: closed -> open (fleet)',
    'Rome: closed -> open (fleet)',
    /makes the trial\n(?!.*makes the trial)/s,
    'Oslo: half-open -> closed (fleet)',
    'Rome: half-open -> closed (fleet)',
    /^3 calls made$/m,
    /^4 calls made$/m,
  ],
  'testing-a-fleet.ts': ['open there, after {'],
  'testing-a-storage.ts': ['MapStorage keeps the storage contract', /^. pass 20$/m, /^. fail 0$/m],
  'testing-simulation.ts': [
    /^12\.0 {3}process 0: closed -> open \(process, local, tripped\)$/m,
    /the end: faults stop/,
  ],
  'testing-states.ts': [/failure state-change reject state-change before-call success state-change$/m],
  'testing-time.ts': [/^closed after \d+(\.\d+)? ms that nobody waited for$/m],
  'timeouts-and-signals.ts': [
    'query cancelled\ngave up after 50 ms',
    'query cancelled\nthe visitor has left',
    '{ failures: 1, timeouts: 1, ignored: 1 }',
  ],
  'trip-policies.ts': [
    /three failures in a row +does not trip/,
    /four failures in 10 s +trips with call 5/,
    /half of the calls in 10 s +trips with call 7/,
  ],
  'wrap-and-decorate.ts': [
    'book 1 Emma',
    'page 1\npage 2',
    'book 2, from the corner shop',
    /successes: 4,\s+failures: 1/,
  ],
  'writing-a-storage.ts': ['loses no update when many are made at once', /\bpass \d{2}\b/, /\bfail 0\b/],
};

/** Those that take more to be tested than to be run. */
const ELSEWHERE = ['operations-script.ts'];

it('knows every example', () => {
  expect([...Object.keys(EXPECTED), ...ELSEWHERE].sort()).toEqual(
    allExamples.filter((file) => !file.includes('/')).sort(),
  );
});

describeExamples(EXPECTED);
