import { transform } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { checkMarkdown } from './check-markdown.js';
import { parseMarkdown } from './markdown.js';
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

// Those of the packages that are not published have commands and numbers to show, and no code.
const published = namesIn('packages').filter(
  (name) => repository.exists(`packages/${name}/package.json`) && !isPrivate(`packages/${name}/package.json`),
);
const readmes = ['README.md', ...published.map((name) => `packages/${name}/README.md`)];

function isPrivate(path: string): boolean {
  return JSON.parse(repository.read(path)).private === true;
}

describe.each(readmes)('%s', (path) => {
  const text = repository.read(path);

  it('shows code by line 20', () => {
    expect(parseMarkdown(text).blocks[0]?.line).toBeLessThanOrEqual(20);
  });

  it('shows code that is JavaScript, too', async () => {
    for (const { code, language } of parseMarkdown(text).blocks) {
      if (language === 'ts') await transform(code, { loader: 'js', format: 'esm' });
    }
  });

  it('ends before line 150', () => {
    expect(text.trimEnd().split('\n').length).toBeLessThan(150);
  });
});
