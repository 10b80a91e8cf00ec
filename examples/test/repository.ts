import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Files by their paths from the root, with forward slashes. */
export interface Repository {
  exists(path: string): boolean;
  read(path: string): string;
}

export const repository: Repository = {
  exists: (path) => existsSync(join(ROOT, path)),
  read: (path) => readFileSync(join(ROOT, path), 'utf8'),
};

/** The names in a folder, or none where there is no such folder. */
export function namesIn(folder: string, options: { recursive?: boolean } = {}): string[] {
  if (!repository.exists(folder)) return [];
  return readdirSync(join(ROOT, folder), { encoding: 'utf8', ...options }).map((name) => name.replaceAll('\\', '/'));
}
