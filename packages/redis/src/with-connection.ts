import type { Connection } from './connection/connection.js';
import type { Link } from './connection/link.js';
import { Setback } from './setback.js';

/**
 * Runs something on the link's connection, or on one of its own to the server that the Cluster has named for it. A connection that has
 * failed in any way is not used again.
 *
 * @throws Setback
 */
export async function withConnection<T>(
  link: Link,
  askAt: string | undefined,
  run: (connection: Connection) => Promise<T>,
): Promise<T> {
  const connection = await (askAt === undefined ? link.get() : link.route.ask(askAt));
  try {
    const result = await run(connection);
    if (askAt !== undefined) link.discard(connection);
    return result;
  } catch (error) {
    link.discard(connection);
    const { kind, address, cause } = error as Setback;
    if (kind === 'moved' && !link.route.moved(address)) throw new Setback('refused', { cause });
    throw error;
  }
}
