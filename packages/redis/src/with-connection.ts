import type { Connection } from './connection/connection.js';
import type { Link } from './connection/link.js';
import { Setback } from './setback.js';

/**
 * Runs something on the link's connection, or on one of its own to the server that the Cluster has named for it. A connection that has
 * failed in any way is not used again, save where the server has only sent us elsewhere for some of its records.
 *
 * @throws Setback
 */
export async function withConnection<T>(
  link: Link,
  askAt: string | undefined,
  run: (connection: Connection) => Promise<T>,
): Promise<T> {
  const isOwn = askAt !== undefined;
  const connection = await (isOwn ? link.route.ask(askAt) : link.get()).catch((error) => {
    throw Setback.of(error);
  });
  try {
    return await run(connection);
  } catch (error) {
    const setback = Setback.of(error);
    const { kind, address, cause } = setback;
    if (kind === 'ask' || kind === 'split') throw setback;
    link.discard(connection);
    if (kind === 'moved' && !link.route.moved(address)) throw new Setback('refused', { cause });
    throw setback;
  } finally {
    if (isOwn) link.discard(connection);
  }
}
