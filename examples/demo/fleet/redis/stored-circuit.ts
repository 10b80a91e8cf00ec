import { Redis } from 'ioredis';

/** What Redis holds of the circuit: one key. */
export class StoredCircuit {
  readonly #client: Redis;
  readonly #key: string;

  constructor(url: string, namespace: string) {
    this.#client = new Redis(url, { maxRetriesPerRequest: 1 });
    this.#client.on('error', () => {});
    this.#key = `breaker:{${namespace}}:server`;
  }

  /** How often it was written. Where there is nothing, never. */
  async writes(): Promise<number> {
    const text = await this.#client.get(this.#key);
    return text === null ? 0 : JSON.parse(text).revision;
  }

  /** Leaves nothing behind. */
  async remove(): Promise<void> {
    await this.#client.del(this.#key).catch(() => undefined);
    this.#client.disconnect();
  }
}
