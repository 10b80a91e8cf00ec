import { Redis } from 'ioredis';
import type { HistoryFile } from '../history/history-file.js';
import type { Servers } from './servers.js';

/** Hears what is published, at the servers themselves: every commit publishes its record. */
export class Observer {
  readonly #clients: readonly Redis[];

  constructor(servers: Servers, channel: string, history: HistoryFile) {
    this.#clients = servers.all.map(({ port }, server) => {
      let link = 0;
      const client = new Redis({ host: '127.0.0.1', port, retryStrategy: () => 50, maxRetriesPerRequest: null });
      client.on('error', () => undefined);
      client.on('ready', () => {
        link++;
      });
      client.on('message', (_channel, text) =>
        history.write({ type: 'observed', server, link, record: JSON.parse(text) }),
      );
      void client.subscribe(channel).catch(() => undefined);
      return client;
    });
  }

  /** Settles when it hears everything. */
  async ready(): Promise<void> {
    await Promise.all(this.#clients.map((client) => client.ping()));
  }

  stop(): void {
    for (const client of this.#clients) client.disconnect();
  }
}
