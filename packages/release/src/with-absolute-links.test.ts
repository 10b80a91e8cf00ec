import { expect, it } from 'vitest';
import { withAbsoluteLinks } from './with-absolute-links.js';

const repository = { address: 'https://example.test/group/project', commit: 'abc123' };
const at = (path: string) => `https://example.test/group/project/blob/abc123/${path}`;
const lead = (markdown: string) => withAbsoluteLinks(markdown, 'packages/core', repository);

it.each([
  ['[a](../../docs/page.md)', `[a](${at('docs/page.md')})`],
  ['[a](../../docs/page.md#part)', `[a](${at('docs/page.md#part')})`],
  [
    '[a](../redis/README.md) and [b](README.md)',
    `[a](${at('packages/redis/README.md')}) and [b](${at('packages/core/README.md')})`,
  ],
  ['[![badge](badge.svg)](/docs/page.md)', `[![badge](${at('packages/core/badge.svg')})](${at('docs/page.md')})`],
])('leads %s home', (relative, absolute) => {
  expect(lead(relative)).toBe(absolute);
});

it.each(['[a](#part)', '[a](https://example.com/x.md)', '[a](mailto:somebody@example.com)', '(docs/page.md)'])(
  'leaves %s alone',
  (text) => {
    expect(lead(text)).toBe(text);
  },
);

it('leaves code alone', () => {
  const code = '```ts\ncall[0](x)\n```';
  expect(lead(`${code}\n[a](x.md)\n~~~\n[a](x.md)\n\`\`\`\n~~~`)).toBe(
    `${code}\n[a](${at('packages/core/x.md')})\n~~~\n[a](x.md)\n\`\`\`\n~~~`,
  );
});
