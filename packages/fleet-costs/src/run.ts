import { writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import type { Request } from './arguments.js';
import { FULL, QUICK } from './measure/scale.js';
import { PARTS } from './parts.js';
import { findServer } from './server/server.js';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Measures what is asked for, and shows it as it comes. */
export async function run({ parts, isQuick, file }: Request): Promise<void> {
  const server = await findServer();
  let isEnding = false;
  for (const signal of SIGNALS) {
    process.once(signal, async () => {
      isEnding = true;
      await server.stop();
      process.kill(process.pid, signal); // fleets end with this process
    });
  }
  try {
    const machine = { cores: availableParallelism(), node: process.versions.node, redis: await server.version() };
    console.log(`${machine.cores} cores, Node ${machine.node}, Redis ${machine.redis}`);
    const results: Record<string, readonly unknown[]> = {};
    for (const part of parts) {
      const { data, text } = await PARTS[part].measure(server, isQuick ? QUICK : FULL);
      results[part] = data;
      console.log(`\n${text}`);
    }
    if (file !== undefined) await writeFile(file, `${JSON.stringify({ machine, isQuick, ...results }, null, 2)}\n`);
  } catch (error) {
    if (!isEnding) throw error; // else it is only the server that has been taken away
  } finally {
    await server.stop();
  }
}
