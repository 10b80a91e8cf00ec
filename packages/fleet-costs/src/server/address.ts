/** Where a server is, and how to get in: plain data, as processes hand it to each other. */
export interface Address {
  readonly host: string;
  readonly port: number;
  readonly username?: string;
  readonly password?: string;
  readonly db?: number;
}

const DEFAULT_PORT = 6_379;

/**
 * Reads an address such as `redis://user:password@host:6379/0`.
 *
 * @throws TypeError where it is none, or one that cannot be measured through a network of our own
 */
export function parseAddress(text: string): Address {
  if (!URL.canParse(text) || new URL(text).protocol !== 'redis:') {
    throw new TypeError(`REDIS_URL must be redis://[user:password@]host[:port][/database], but is ${text}`);
  }
  const { hostname, port, username, password, pathname } = new URL(text);
  const database = pathname.slice(1);
  return {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port === '' ? DEFAULT_PORT : Number(port),
    ...(username !== '' && { username: decodeURIComponent(username) }),
    ...(password !== '' && { password: decodeURIComponent(password) }),
    ...(database !== '' && { db: Number(database) }),
  };
}
