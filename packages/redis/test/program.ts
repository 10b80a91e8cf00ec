import { fileURLToPath } from 'node:url';

/** How a TypeScript program of the tests is run as a process of its own: tsx is the workspace's. */
export function program(name: string) {
  return {
    path: fileURLToPath(new URL(`./programs/${name}`, import.meta.url)),
    nodeArguments: ['--import', 'tsx'],
    folder: fileURLToPath(new URL('../../..', import.meta.url)),
  };
}
