import { describe, expect, it } from 'vitest';
import { allExamples } from './all-examples.js';
import { parseMarkdown } from './markdown.js';
import { repository } from './repository.js';

const { links } = parseMarkdown(repository.read('examples/README.md'));

describe.each(allExamples)('%s', (file) => {
  it('is no longer than 40 lines', () => {
    expect(repository.read(`examples/${file}`).trimEnd().split('\n').length).toBeLessThanOrEqual(40);
  });

  it('is listed in the README', () => {
    expect(links.map(({ target }) => target)).toContain(file);
  });
});
