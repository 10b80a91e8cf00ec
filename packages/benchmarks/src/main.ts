import { parseArgs } from 'node:util';
import { asMarkdown } from './report/as-markdown.js';
import { measureAll } from './report/measure-all.js';
import { writeResults } from './report/results.js';
import { quick, thorough } from './thoroughness.js';

const { values } = parseArgs({ options: { quick: { type: 'boolean', default: false } } });

const report = await measureAll(values.quick ? quick : thorough, (what) => console.error(`measuring: ${what}`));
console.log(asMarkdown(report));
if (!values.quick) writeResults(report);
