import { describe, expect, it } from 'vitest';
import { checkMarkdown } from './check-markdown.js';

const SOURCE = `import { call } from 'somewhere';

function show() {
  // #region inner
  call(
    1,
  );
  // #endregion
}
`;

function check(markdown: string, files: Record<string, string> = {}): string[] {
  const all: Record<string, string> = { 'docs/page.md': markdown, 'examples/a.ts': SOURCE, ...files };
  return checkMarkdown('docs/page.md', {
    exists: (path) => Object.keys(all).some((file) => file === path || file.startsWith(`${path}/`)),
    read: (path) => all[path] as string,
  });
}

const block = (source: string, code: string, language = 'ts') =>
  `# Title\n\n${source}\n\`\`\`${language}\n${code}\n\`\`\`\n`;

describe('code blocks', () => {
  it('may quote a region, without its indentation', () => {
    expect(check(block('<!-- example: examples/a.ts#inner -->', 'call(\n  1,\n);'))).toEqual([]);
  });

  it('may quote a whole file, without its marks', () => {
    const whole = "import { call } from 'somewhere';\n\nfunction show() {\n  call(\n    1,\n  );\n}";
    expect(check(block('<!-- example: examples/a.ts -->', whole))).toEqual([]);
  });

  it('may be indented, as in a list', () => {
    const text = '1. First\n\n   <!-- example: examples/a.ts#inner -->\n   ```ts\n   call(\n     1,\n   );\n   ```\n';
    expect(check(text)).toEqual([]);
  });

  it('must be what they quote', () => {
    expect(check(block('<!-- example: examples/a.ts#inner -->', 'call(2);'))).toEqual([
      'docs/page.md:4: the block is not what examples/a.ts#inner says:\ncall(\n  1,\n);',
    ]);
  });

  it.each(['ts', 'js', 'typescript', 'tsx'])('must say what they quote: %s', (language) => {
    expect(check(block('Some words.', 'call(2);', language))).toEqual([
      expect.stringMatching(/^docs\/page\.md:4: say before the block what it quotes/),
    ]);
  });

  it('of other languages need quote nothing', () => {
    expect(check(block('Run:', 'npm test', 'sh'))).toEqual([]);
  });

  it('must quote what is there', () => {
    expect(check(block('<!-- example: examples/a.ts#outer -->', 'x'))).toEqual([
      'docs/page.md:4: examples/a.ts has no region outer',
    ]);
    expect(check(block('<!-- example: examples/b.ts -->', 'x'))).toEqual([
      'docs/page.md:4: there is no examples/b.ts to quote',
    ]);
  });

  it('hide what looks like a heading or a link', () => {
    expect(check('```sh\n# [no link](nowhere.md)\n```\n[here](#no-link)\n')).toEqual([
      'docs/page.md:4: #no-link leads to #no-link, which docs/page.md has not',
    ]);
  });
});

describe('links', () => {
  it('may lead to files, folders, headings, named anchors and elsewhere', () => {
    const other = '## `retry` & back-off!\n\n## Twice\n\n## Twice\n\n<a id="named"></a>\n';
    const text = [
      '[file](../examples/a.ts) [folder](../examples) [root](/docs/page.md) [web](https://example.com/x.md#y)',
      '[code](other.md#retry--back-off) [second](other.md#twice-1) [named](other.md#named) [self](#the-end)',
      '[![badge](../badge.svg)](other.md) <img src="../badge.svg"> `[code](nowhere.md)` [reference]',
      '# The end',
      '[reference]: ./other.md#twice',
    ].join('\n');
    expect(check(text, { 'docs/other.md': other, 'badge.svg': '' })).toEqual([]);
  });

  it.each([
    ['[file](gone.md)', 'gone.md leads to docs/gone.md, which does not exist'],
    ['[![badge](gone.svg)](page.md)', 'gone.svg leads to docs/gone.svg, which does not exist'],
    ['<img src="gone.svg">', 'gone.svg leads to docs/gone.svg, which does not exist'],
    ['[outside](../../other/file.md)', '../../other/file.md leads to ../other/file.md, which does not exist'],
    ['[anchor](#gone)', '#gone leads to #gone, which docs/page.md has not'],
    ['[reference]: gone.md', 'gone.md leads to docs/gone.md, which does not exist'],
  ])('must lead somewhere: %s', (link, problem) => {
    expect(check(`# Title\n\n${link}\n`)).toEqual([`docs/page.md:3: ${problem}`]);
  });
});
