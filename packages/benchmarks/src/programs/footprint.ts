// What the hot paths take.

import { allocatedBytes } from '../regression/allocated-bytes.js';
import { countPromises } from '../regression/count-promises.js';
import { CountingClock } from '../regression/counting-clock.js';
import type { Footprint, PathFootprint } from '../regression/footprint.js';
import { type HotPath, hotPaths } from '../regression/hot-paths.js';
import { keptBytes } from '../regression/kept-bytes.js';

const kept = await keptBytes();
const paths: Record<string, PathFootprint> = {};
for (const path of hotPaths) paths[path.name] = await footprintOf(path);
const footprint: Footprint = { paths, kept };
console.log(JSON.stringify(footprint));

async function footprintOf({ make }: HotPath): Promise<PathFootprint> {
  const clock = new CountingClock();
  const run = await make(clock);
  const bytes = await allocatedBytes(run);
  const { reads, timers } = clock;
  const times = 100;
  const promises = await countPromises(run, times);
  return {
    promises: Math.floor(promises / times),
    clockReads: (clock.reads - reads) / times,
    timers: (clock.timers - timers) / times,
    bytes,
  };
}
