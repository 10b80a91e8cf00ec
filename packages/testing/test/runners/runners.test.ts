import { MemoryStorage } from '@breaker/core';
import { afterAll, describe, expect, it } from 'vitest';
import { collectContract } from '../contract/run-contract.js';
import { applicationTests, CJS_IMPORTS, ESM_IMPORTS, TESTS } from './application-tests.js';
import { JEST, Project, VITEST } from './project.js';

const REQUIRE = `import { createRequire } from 'node:module';\nconst require = createRequire(import.meta.url);`;
const JEST_CONFIG = JSON.stringify({
  testMatch: ['**/*.test.*'],
  moduleFileExtensions: ['js', 'mjs', 'cjs'],
  transform: {},
});

const project = new Project({
  'jest.config.json': JEST_CONFIG,
  'jest-esm.test.mjs': applicationTests(ESM_IMPORTS),
  'jest-cjs.test.cjs': applicationTests(CJS_IMPORTS),
  'jest-fake-timers.test.cjs': applicationTests(`${CJS_IMPORTS}\njest.useFakeTimers();`),
  'vitest-esm.test.mjs': applicationTests(`import { describe, it } from 'vitest';${ESM_IMPORTS}`, ', { describe, it }'),
  'vitest-cjs.test.mjs': applicationTests(`${REQUIRE}${CJS_IMPORTS}`),
  'node-esm.test.mjs': applicationTests(
    `import { describe, it } from 'node:test';${ESM_IMPORTS}`,
    ', { describe, it }',
  ),
  'node-cjs.test.cjs': applicationTests(
    `const { describe, it } = require('node:test');${CJS_IMPORTS}`,
    ', { describe, it }',
  ),
  'no-globals.mjs': `import { describeStorageContract } from '@breaker/testing/contract';
    describeStorageContract('Mine', () => ({}));`,
});

afterAll(() => project.remove());

const all = TESTS + collectContract(() => ({ storage: new MemoryStorage() })).length;
const jest = ['--experimental-vm-modules', JEST, '--config', 'jest.config.json'];
const vitest = [VITEST, 'run', '--reporter=default'];
const node = ['--test', '--test-reporter=tap'];

describe.each([
  ['Jest, as ES modules', [...jest, 'jest-esm'], `Tests: +${all} passed`],
  ['Jest, as CommonJS', [...jest, 'jest-cjs'], `Tests: +${all} passed`],
  ['Jest, with its fake timers', [...jest, 'jest-fake-timers'], `Tests: +${all} passed`],
  ['vitest, as ES modules', [...vitest, 'vitest-esm'], `Tests +${all} passed`],
  ['vitest, as CommonJS and with globals', [...vitest, '--globals', 'vitest-cjs'], `Tests +${all} passed`],
  ['node:test, as ES modules', [...node, 'node-esm.test.mjs'], `# pass ${all}`],
  ['node:test, as CommonJS', [...node, 'node-cjs.test.cjs'], `# pass ${all}`],
])('%s', { timeout: 60_000 }, (_, args, summary) => {
  it('runs the tests of an application, and the contract suite', async () => {
    const { code, output } = await project.run(args);
    expect(output).toMatch(new RegExp(summary));
    expect(code).toBe(0);
  });

  it('notices where a storage does not keep the contract', async () => {
    const { code, output } = await project.run(args, { FORGETFUL: 'yes' });
    expect(output).toContain('what is read must be {"revision":1}, but is undefined');
    expect(code).toBe(1);
  });
});

it('says what to do where there are no globals', async () => {
  const { code, output } = await project.run(['no-globals.mjs']);
  expect(output).toContain(
    'TypeError: describe and it must be functions: those of a test runner, global or as the third',
  );
  expect(code).toBe(1);
});
