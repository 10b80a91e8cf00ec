import type { Connection } from './connection/connection.js';
import type { Route } from './connection/route.js';
import { nextTurn } from './next-turn.js';
import { Setback, setbackOfReply } from './setback.js';
import { Subscription } from './subscription.js';

/** A link that has fallen silent is found out by a question now and then. */
const BEAT_MS = 2_000;
/** After a loss, processes come back spread over so long. */
const FIRST_RETRY_MS = 100;
/** While pushes are down, subscribers are told to read so often, and a connection is tried. */
const RETRY_MS = 1_000;
const SPREAD = 0.2;

/** Follows channels, on a connection of its own that is replaced when it is lost. */
export class Subscriber {
  readonly #channels = new Map<string, Set<Subscription>>();
  /** Those who are not subscribed yet. */
  readonly #fresh = new Set<Subscription>();
  #connection: Connection | undefined = undefined;
  #isOpening = false;
  #timer: ReturnType<typeof setTimeout> | undefined = undefined;

  /** @param onBeat - called every two seconds while it follows anything */
  constructor(
    readonly route: Route,
    readonly onBeat: () => void,
  ) {}

  /** @returns a function that ends it */
  subscribe(channel: string, onPush: (record?: unknown) => void): () => void {
    const subscription = new Subscription(channel, onPush);
    const subscriptions = this.#channels.get(channel) ?? new Set();
    this.#channels.set(channel, subscriptions.add(subscription));
    this.#fresh.add(subscription);
    if (this.#connection !== undefined) void nextTurn().then(() => this.#joinFresh());
    else if (!this.#isOpening && this.#timer === undefined) void this.#open();
    return () => {
      if (subscription.end()) this.#leave(subscription, subscriptions);
    };
  }

  close(): void {
    for (const subscription of this.#all()) subscription.end();
    this.#channels.clear();
    this.#rest();
  }

  async #open(): Promise<void> {
    this.#isOpening = true;
    let connection: Connection | undefined;
    try {
      connection = await this.route.connect();
      connection.redis.on('message', (channel: unknown, text: unknown) => this.#hear(String(channel), String(text)));
      this.#fresh.clear();
      const channels = await join(connection, this.#all());
      this.#take(connection);
      for (const channel of channels) if (!this.#channels.has(channel)) this.#unsubscribe(channel);
    } catch {
      this.route.failed();
      connection?.end(UNUSED);
      for (const subscription of this.#all()) subscription.tellToRead();
      this.#later(RETRY_MS * (1 - SPREAD * Math.random()), () => void this.#open());
    } finally {
      this.#isOpening = false;
    }
  }

  /** Follows on this connection from now on. */
  #take(connection: Connection): void {
    this.#connection = connection;
    if (this.#channels.size === 0) this.#rest();
    else this.#beatLater(connection);
    void this.#joinFresh();
    connection.onEnd(() => this.#lose(connection));
  }

  async #joinFresh(): Promise<void> {
    const connection = this.#connection;
    const fresh = [...this.#fresh];
    if (connection === undefined || fresh.length === 0) return;
    this.#fresh.clear();
    await join(connection, fresh).catch((setback: Setback) => connection.end(setback));
  }

  #leave(subscription: Subscription, subscriptions: Set<Subscription>): void {
    const { channel } = subscription;
    this.#fresh.delete(subscription);
    subscriptions.delete(subscription);
    if (subscriptions.size > 0) return;
    this.#channels.delete(channel);
    if (this.#channels.size === 0) this.#rest();
    else this.#unsubscribe(channel);
  }

  #unsubscribe(channel: string): void {
    this.#connection?.exchange([['unsubscribe', channel]]).catch(() => undefined);
  }

  #hear(channel: string, text: string): void {
    for (const subscription of this.#channels.get(channel) ?? []) subscription.bring(text);
  }

  #lose(connection: Connection): void {
    if (this.#connection !== connection) return;
    this.#connection = undefined;
    this.route.failed();
    this.#later(FIRST_RETRY_MS * Math.random(), () => void this.#open());
  }

  /** Asks the server now and then whether it is there: all the traffic of an idle process. */
  #beatLater(connection: Connection): void {
    this.#later(BEAT_MS, () => {
      this.onBeat();
      this.#beatLater(connection);
      connection.exchange([['ping']]).catch((setback: Setback) => connection.end(setback));
    });
  }

  /** Nobody follows anything. */
  #rest(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const connection = this.#connection;
    this.#connection = undefined;
    connection?.end(UNUSED);
  }

  #later(ms: number, run: () => void): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#channels.size === 0) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      run();
    }, ms);
    this.#timer.unref?.();
  }

  #all(): Subscription[] {
    return [...this.#channels.values()].flatMap((subscriptions) => [...subscriptions]);
  }
}

const UNUSED = new Setback('lost', { cause: new Error('The connection is not used any more') });

/**
 * Subscribes. Only then those who follow may read: what is written afterwards is pushed.
 *
 * @returns their channels
 */
async function join(connection: Connection, subscriptions: readonly Subscription[]): Promise<Set<string>> {
  const channels = new Set(subscriptions.map(({ channel }) => channel));
  if (channels.size === 0) return channels;
  const [reply] = await connection.exchange([['subscribe', ...channels]]);
  if (reply?.[0]) throw setbackOfReply(reply[0]);
  for (const subscription of subscriptions) subscription.tellToRead();
  return channels;
}
