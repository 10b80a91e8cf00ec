import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/**
 * What becomes of something that was sent, if it does not go on its way: it is lost, alone (`lose`) or with everything that follows
 * on its connection (`stall`), ends the connection, or is replaced.
 */
type Fate = 'lose' | 'stall' | 'cut' | { readonly text: string };
type Judge = (text: string) => Fate | undefined | Promise<Fate | undefined>;

/** A network between a client and its server that the test has in its hands. */
export class Network {
  /** How long either way takes, in milliseconds. */
  delayMs = 0;
  /** What was sent, one entry for each write of a client. */
  readonly requests: string[] = [];
  /** Judges what a client sends, before the server gets it. */
  onRequest: Judge = () => undefined;
  /** Judges what the server answers, before the client gets it. */
  onReply: Judge = () => undefined;
  readonly #sockets = new Set<Socket>();
  #isSilent = false;

  private constructor(
    readonly server: Server,
    readonly target: number,
    readonly host: string,
  ) {
    server.on('connection', (client) => this.#join(client));
  }

  /** @param target - the server's port */
  static async start(target: number, host = '127.0.0.1'): Promise<Network> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new Network(server, target, host);
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  get connections(): number {
    return this.#sockets.size / 2;
  }

  /** Loses all that is sent from now on, without a word: the link is half-open. */
  fallSilent(): void {
    this.#isSilent = true;
  }

  /** Ends all connections, and lets new ones speak again. */
  cut(): void {
    for (const socket of this.#sockets) socket.destroy();
    this.#isSilent = false;
  }

  async stop(): Promise<void> {
    this.cut();
    this.server.close();
    await once(this.server, 'close');
  }

  #join(client: Socket): void {
    const server = connect(this.target, this.host);
    const link = { isStalled: false };
    this.#carry(client, server, link, (text) => {
      this.requests.push(text);
      return this.onRequest(text);
    });
    this.#carry(server, client, link, (text) => this.onReply(text));
  }

  #carry(from: Socket, to: Socket, link: { isStalled: boolean }, judge: Judge): void {
    this.#sockets.add(from);
    from.setNoDelay(true);
    let order = Promise.resolve();
    from.on('data', (data) => {
      const dueAt = performance.now() + this.delayMs;
      order = order.then(async () => {
        const fate = await judge(data.toString());
        const restMs = dueAt - performance.now();
        if (restMs > 0) await new Promise((resolve) => setTimeout(resolve, restMs));
        if (fate === 'stall') link.isStalled = true;
        if (fate === 'cut') from.destroy();
        else if (typeof fate !== 'string' && !link.isStalled && !this.#isSilent && to.writable)
          to.write(fate?.text ?? data);
      });
    });
    from.on('error', () => undefined);
    from.on('close', () => {
      this.#sockets.delete(from);
      to.destroy();
    });
  }
}
