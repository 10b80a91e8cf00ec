import { posix } from 'node:path';
import type { Repository } from './repository.js';

const FENCE = /^\s*(`{3,}|~{3,})/;
const LINK = /\]\((?!#|[a-z][a-z\d+.-]*:)([^)\s]+)\)/gi;

/** A document whose links lead into the repository, for readers who have only the package: on npm, or in `node_modules`. */
export function withAbsoluteLinks(markdown: string, folder: string, { address, commit }: Repository): string {
  let fence: string | undefined;
  return markdown
    .split('\n')
    .map((line) => {
      const mark = FENCE.exec(line)?.[1];
      if (mark !== undefined) fence = fence === undefined ? mark : line.trim() === fence ? undefined : fence;
      if (mark !== undefined || fence !== undefined) return line;
      return line.replaceAll(LINK, (_, target: string) => {
        const path = target.startsWith('/') ? target.slice(1) : posix.join(folder, target);
        return `](${address}/blob/${commit}/${path})`;
      });
    })
    .join('\n');
}
