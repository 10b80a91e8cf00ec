import { namesIn } from './repository.js';

/** Every example, by its path from their folder: what people read, and not what stands in for the rest of the world. */
export const allExamples: readonly string[] = [
  ...namesIn('examples').filter((name) => name !== 'vitest.config.ts'),
  ...namesIn('examples/with', { recursive: true }).map((name) => `with/${name}`),
  ...namesIn('examples/testing-an-application').map((name) => `testing-an-application/${name}`),
].filter((name) => name.endsWith('.ts'));
