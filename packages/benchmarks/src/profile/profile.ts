import { Session } from 'node:inspector/promises';

/** How much of the time was spent in a function itself, and not in what it calls. */
export interface Share {
  readonly of: string;
  readonly percent: number;
}

const SAMPLE_EVERY_MICROSECONDS = 100;

/** Runs something again and again for so long; says where the time went, by V8's sampling profiler, the most first. */
export async function profile(run: () => unknown, milliseconds: number): Promise<Share[]> {
  await repeat(run, milliseconds / 4);
  const session = new Session();
  session.connect();
  try {
    await session.post('Profiler.enable');
    await session.post('Profiler.setSamplingInterval', { interval: SAMPLE_EVERY_MICROSECONDS });
    await session.post('Profiler.start');
    await repeat(run, milliseconds);
    const { profile } = await session.post('Profiler.stop');
    const hits = new Map<string, number>();
    for (const { callFrame, hitCount = 0 } of profile.nodes) {
      const of = nameOf(callFrame.functionName, callFrame.url);
      hits.set(of, (hits.get(of) ?? 0) + hitCount);
    }
    const all = [...hits.values()].reduce((sum, count) => sum + count, 0);
    return [...hits]
      .map(([of, count]) => ({ of, percent: (100 * count) / all }))
      .sort((one, other) => other.percent - one.percent);
  } finally {
    session.disconnect();
  }
}

const RUNS_AT_ONCE = 1_000;

async function repeat(run: () => unknown, milliseconds: number): Promise<void> {
  const endsAt = performance.now() + milliseconds;
  while (performance.now() < endsAt) for (let i = 0; i < RUNS_AT_ONCE; i++) await run();
}

/** Those of Node and V8 are told by where they are, of which nobody here can change anything. */
function nameOf(functionName: string, url: string): string {
  if (url.startsWith('node:')) return `Node: ${functionName || 'a function'} of ${url.slice('node:'.length)}`;
  if (url.includes('/benchmarks/')) return 'the call itself, and the benchmark';
  return functionName || 'a function without a name';
}
