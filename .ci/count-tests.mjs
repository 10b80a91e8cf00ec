import { existsSync, readdirSync, readFileSync } from 'node:fs';

const children = (folder) => (existsSync(folder) ? readdirSync(folder).map((name) => `${folder}/${name}`) : []);

const reports = [...children('packages'), 'examples']
  .flatMap((workspace) => children(`${workspace}/.reports`))
  .filter((file) => file.endsWith('.json'));

let passed = 0;
let failed = 0;
let unreadable = 0;

for (const file of reports) {
  try {
    const report = JSON.parse(readFileSync(file, 'utf8'));
    // A test file that could not even be loaded has no tests of its own to fail.
    const broken = report.testResults.filter(
      (suite) => suite.status === 'failed' && suite.assertionResults.length === 0,
    );
    passed += report.numPassedTests;
    failed += report.numFailedTests + broken.length;
  } catch (error) {
    unreadable += 1;
    console.error(`${file}: no readable report (${error.message})`);
  }
}

if (reports.length === 0) console.error('No test report was found.');

console.log(`tests: ${passed} passed, ${failed} failed`);
process.exitCode = passed > 0 && failed === 0 && unreadable === 0 ? 0 : 1;
