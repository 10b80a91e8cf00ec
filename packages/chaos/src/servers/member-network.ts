import { Network } from '@breaker/redis-server-for-tests';
import type { Address } from '../member/address.js';
import type { Servers } from './servers.js';
import { withTimeStepped } from './told-time.js';

const HOST = '127.0.0.1';
/** What every reply within a transaction, and so every one that holds the reply of EXEC, begins with. */
const QUEUED = 'QUEUED';
const PUSH = '\r\nmessage\r\n';
const EXEC = '\r\nexec\r\n';

/** The network between one member and the servers that keep data. */
export class MemberNetwork {
  readonly #networks: readonly Network[];

  private constructor(
    readonly servers: Servers,
    networks: readonly Network[],
  ) {
    this.#networks = networks;
    this.heal();
  }

  static async start(servers: Servers): Promise<MemberNetwork> {
    return new MemberNetwork(servers, await Promise.all(servers.all.map(({ port }) => Network.start(port))));
  }

  /** Where the member shall go. */
  get address(): Address {
    const { kind, name, sentinels, all } = this.servers;
    const places = this.#networks.map(({ port }) => ({ host: HOST, port }));
    const natMap = Object.fromEntries(all.map(({ port }, index) => [`${HOST}:${port}`, places[index] as Place]));
    const ports = (kind === 'sentinel' ? sentinels : places).map(({ port }) => port);
    return { kind, ports, name, natMap };
  }

  /** Ends all connections; new ones can be made at once. */
  cut(): void {
    for (const network of this.#networks) network.cut();
  }

  /** Loses all that is sent from now on: connections seem to be there, and are silent. */
  fallSilent(): void {
    for (const network of this.#networks) network.fallSilent();
  }

  /** Takes so long, either way. */
  slowDown(delayMs: number): void {
    for (const network of this.#networks) network.delayMs = delayMs;
  }

  /** Connections end, or fall silent for good, at any message, with this probability each. */
  loseNowAndThen(share: number, random: () => number): void {
    const judge = () => {
      const chance = random();
      if (chance < share) return 'cut';
      return chance < 2 * share ? 'stall' : undefined;
    };
    for (const network of this.#networks)
      Object.assign(network, { onRequest: this.#forgetting(network, judge), onReply: judge });
  }

  /** The replies to commits are lost, and their connections with them: whether they were made, nobody knows. */
  loseRepliesOfCommits(share: number, random: () => number): void {
    for (const network of this.#networks) {
      network.onReply = (text) => (text.includes(QUEUED) && random() < share ? 'stall' : undefined);
    }
  }

  /** Nothing that is published arrives; everything else does. */
  losePushes(): void {
    for (const network of this.#networks) network.onReply = (text) => (text.includes(PUSH) ? 'lose' : undefined);
  }

  /** Something happens between WATCH and EXEC: each time before a commit gets to its server. */
  beforeCommits(run: () => Promise<unknown>): void {
    for (const network of this.#networks) {
      network.onRequest = this.#forgetting(network, async (text) => {
        if (text.includes(EXEC)) await run();
        return undefined;
      });
    }
  }

  /** The servers' clocks are stepped by so many milliseconds, as far as this member sees. */
  stepClocks(ms: number): void {
    for (const network of this.#networks) network.onReply = (text) => ({ text: withTimeStepped(text, ms) });
  }

  /** Everything gets through again; connections that had fallen silent are ended. */
  heal(): void {
    for (const network of this.#networks) {
      network.delayMs = 0;
      network.onRequest = this.#forgetting(network, () => undefined);
      network.onReply = () => undefined;
    }
    this.cut();
  }

  async stop(): Promise<void> {
    await Promise.all(this.#networks.map((network) => network.stop()));
  }

  /** A network keeps what was sent, for tests to look at; here that would be much. */
  #forgetting(network: Network, judge: Network['onRequest']): Network['onRequest'] {
    return (text) => {
      network.requests.length = 0;
      return judge(text);
    };
  }
}

interface Place {
  readonly host: string;
  readonly port: number;
}
