import { posix } from 'node:path';
import { parseMarkdown } from './markdown.js';
import type { Repository } from './repository.js';
import { sourceRegion } from './source-region.js';

const CHECKED_LANGUAGES = new Set(['ts', 'tsx', 'mts', 'cts', 'typescript', 'js', 'jsx', 'mjs', 'cjs', 'javascript']);

/** What is wrong with a markdown file, each with the line to mend: code that no compiler has seen, and broken links. */
export function checkMarkdown(path: string, repository: Repository): string[] {
  const { blocks, links } = parseMarkdown(repository.read(path));
  const problems = [
    ...blocks.map((block) => [block.line, checkBlock(block, repository)] as const),
    ...links.map(({ line, target }) => [line, checkLink(path, target, repository)] as const),
  ];
  return problems
    .filter(([, problem]) => problem !== undefined)
    .sort(([a], [b]) => a - b)
    .map(([line, problem]) => `${path}:${line}: ${problem}`);
}

interface Quote {
  readonly language: string;
  readonly code: string;
  readonly source: string | undefined;
}

function checkBlock({ language, code, source }: Quote, repository: Repository): string | undefined {
  if (source === undefined) {
    if (!CHECKED_LANGUAGES.has(language)) return undefined;
    return 'say before the block what it quotes: <!-- example: examples/file.ts#region -->';
  }
  const [file = '', region] = source.split('#');
  if (!repository.exists(file)) return `there is no ${file} to quote`;
  const expected = sourceRegion(repository.read(file), region);
  if (expected === undefined) return `${file} has no region ${region}`;
  return code === expected ? undefined : `the block is not what ${source} says:\n${expected}`;
}

function checkLink(path: string, target: string, repository: Repository): string | undefined {
  if (/^[a-z][a-z\d+.-]*:|^\/\//i.test(target)) return undefined;
  const [address = '', anchor] = decodeURIComponent(target).split('#');
  const file =
    address === '' ? path : posix.join(address.startsWith('/') ? '' : posix.dirname(path), address).replace(/^\//, '');
  if (file.startsWith('..') || !repository.exists(file)) return `${target} leads to ${file}, which does not exist`;
  if (anchor === undefined) return undefined;
  const anchors = file.endsWith('.md') ? parseMarkdown(repository.read(file)).anchors : new Set<string>();
  return anchors.has(anchor) ? undefined : `${target} leads to #${anchor}, which ${file} has not`;
}
