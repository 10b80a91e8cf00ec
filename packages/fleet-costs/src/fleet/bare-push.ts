import type { Redis } from 'ioredis';
import { machineTime } from './machine-time.js';

/** A message as any program would send it, to compare with: to its others, a commit cannot be there sooner. */
export class BarePush {
  #heardAt: number | undefined = undefined;
  #onHeard: () => void = () => undefined;

  constructor(
    readonly publisher: Redis,
    readonly subscriber: Redis,
    readonly channel: string,
  ) {
    subscriber.on('message', () => {
      this.#heardAt = machineTime();
      this.#onHeard();
    });
  }

  async follow(): Promise<void> {
    await this.subscriber.subscribe(this.channel);
  }

  /** Says when it was sent, by `machineTime()`. */
  async send(text: string): Promise<number> {
    const sentAt = machineTime();
    await this.publisher.publish(this.channel, text);
    return sentAt;
  }

  /** Settles with the time at which one was heard that nobody has asked for yet. */
  async untilHeard(): Promise<number> {
    while (this.#heardAt === undefined) {
      await new Promise<void>((resolve) => {
        this.#onHeard = resolve;
      });
    }
    const heardAt = this.#heardAt;
    this.#heardAt = undefined;
    return heardAt;
  }
}
