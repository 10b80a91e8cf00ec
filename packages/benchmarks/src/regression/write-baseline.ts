import { writeBaseline } from './baseline.js';
import { measureFootprint } from './measure.js';

writeBaseline(await measureFootprint());
