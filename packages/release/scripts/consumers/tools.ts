/** The compilers, by the folders that they are installed into. */
export const COMPILERS = ['typescript-5.4', 'typescript-5.9', 'typescript-6', 'typescript-7'] as const;

/** What is installed beside the packages, as npm is told. */
export const TOOLS = [
  'ioredis@6',
  'pino@10',
  '@types/node@20',
  'bun@1',
  'deno@2',
  ...COMPILERS.map(
    (folder) => `${folder}@npm:typescript@${folder.replace('typescript-', '~').replace(/~(\d+)$/, '^$1')}`,
  ),
];
