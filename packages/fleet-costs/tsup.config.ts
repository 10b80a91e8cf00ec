import { defineConfig } from 'tsup';

// Fifty processes that start together must not each compile TypeScript.
export default defineConfig({
  entry: { main: 'src/main.ts', member: 'src/fleet/member.ts' },
  format: 'esm',
  target: 'es2022',
  noExternal: ['@breaker/redis-server-for-tests'],
  clean: true,
});
