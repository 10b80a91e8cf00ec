import type { Connection } from './connection/connection.js';
import type { Link } from './connection/link.js';
import { Setback } from './setback.js';

/**
 * Runs something on the link's connection, or on one of its own to the server that the Cluster has named for it. A connection that has
 * failed in any way is not used again, save where the server has just sent us elsewhere for some of its records.
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
    const setback = error instanceof Setback ? error : new Setback('refused', { cause: error });
    const { kind, address, cause } = setback;
    if (concernsOneRecord(kind) && askAt === undefined) connection.exchange([['unwatch']]).catch(() => undefined);
    else link.discard(connection);
    if (kind === 'moved' && !link.route.moved(address)) throw new Setback('refused', { cause });
    throw setback;
  }
}

function concernsOneRecord(kind: Setback['kind']): boolean {
  return kind === 'ask' || kind === 'split';
}
