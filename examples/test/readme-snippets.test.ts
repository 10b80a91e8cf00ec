import { expect, it } from 'vitest';
import { checkMarkdown } from './check-markdown.js';
import { namesIn, repository } from './repository.js';

const files = [
  'README.md',
  'CONTRIBUTING.md',
  'examples/README.md',
  'SECURITY.md',
  '.changeset/README.md',
  ...namesIn('packages').map((name) => `packages/${name}/README.md`),
  ...namesIn('docs', { recursive: true }).map((name) => `docs/${name}`),
].filter((path) => path.endsWith('.md') && repository.exists(path));

it('quotes only code that is compiled, and has no broken links', () => {
  expect(files.flatMap((path) => checkMarkdown(path, repository))).toEqual([]);
});
