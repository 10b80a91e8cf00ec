import { readFileSync } from 'node:fs';
import type { ServerForTests } from '@breaker/redis-server-for-tests';

const README = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

/**
 * Makes the user that the README tells people to make, who may do no more than it takes.
 *
 * @param more - what it says is needed besides, by Sentinel or in a Cluster
 */
export async function userOfReadme(server: ServerForTests, ...more: readonly string[]) {
  const [, username = '', rules = ''] = /^ +ACL SETUSER (\S+) (.+)$/m.exec(README) ?? [];
  for (const rule of more) if (!README.includes(`\`${rule}\``)) throw new Error(`The README says nothing of ${rule}`);
  await server.command('ACL', 'SETUSER', username, ...rules.split(' '), ...more);
  const [, password = ''] = / >(\S+)/.exec(rules) ?? [];
  return { username, password };
}
