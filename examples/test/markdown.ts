/** What the checks need of a markdown file. Lines are counted from 1. */
export interface Markdown {
  readonly blocks: readonly CodeBlock[];
  readonly links: readonly { readonly line: number; readonly target: string }[];
  readonly anchors: ReadonlySet<string>;
}

export interface CodeBlock {
  readonly line: number;
  readonly language: string;
  readonly code: string;
  /** What the comment before it says that it quotes, as `path#region`. */
  readonly source: string | undefined;
}

const FENCE = /^(\s*)(`{3,}|~{3,})\s*([\w-]*)/;
const SOURCE = /^\s*<!--\s*example:\s*(\S+)\s*-->\s*$/;
const HEADING = /^#{1,6}\s+(.*?)\s*#*$/;
const TARGETS = [/\]\(\s*<?([^)>\s]+)/g, /^\s*\[[^\]]+\]:\s*<?([^>\s]+)/g, /\s(?:href|src)="([^"]+)"/g];
const NAMED = /<[^>]*\s(?:id|name)="([^"]+)"/g;

export function parseMarkdown(text: string): Markdown {
  const lines = text.split(/\r?\n/);
  const blocks: CodeBlock[] = [];
  const links: { line: number; target: string }[] = [];
  const anchors = new Set<string>();
  let source: string | undefined;
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] as string;
    const fence = FENCE.exec(line);
    if (fence !== null) {
      const [, indent = '', mark = '', language = ''] = fence;
      const isEnd = (other: string) => other.trim().startsWith(mark) && /^(`+|~+)$/.test(other.trim());
      const length = lines.slice(index + 1).findIndex(isEnd);
      const code = lines.slice(index + 1, length < 0 ? undefined : index + 1 + length);
      blocks.push({ line: index + 1, language, source, code: code.map((text) => unindent(text, indent)).join('\n') });
      index += code.length + 1;
      source = undefined;
      continue;
    }
    if (line.trim() !== '') source = SOURCE.exec(line)?.[1];
    const heading = HEADING.exec(line)?.[1];
    if (heading !== undefined) anchors.add(unused(slug(heading), anchors));
    const prose = line.replaceAll(/(`+).*?\1/g, '');
    for (const [, name = ''] of prose.matchAll(NAMED)) anchors.add(name);
    for (const pattern of TARGETS) {
      for (const [, target = ''] of prose.matchAll(pattern)) links.push({ line: index + 1, target });
    }
  }
  return { blocks, links, anchors };
}

function unindent(line: string, indent: string): string {
  return line.startsWith(indent) ? line.slice(indent.length) : line.trimStart();
}

/** A heading's anchor, as GitHub makes it. */
function slug(heading: string): string {
  return heading
    .replaceAll(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, '')
    .replaceAll(' ', '-');
}

function unused(anchor: string, taken: ReadonlySet<string>): string {
  let number = 0;
  let candidate = anchor;
  while (taken.has(candidate)) candidate = `${anchor}-${++number}`;
  return candidate;
}
