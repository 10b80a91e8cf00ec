import { CircuitBreaker, type CircuitStorage } from '@breaker/core';
import { RedisStorage } from '@breaker/redis';
import { HistoryFile } from '../history/history-file.js';
import { Stalls } from '../history/stalls.js';
import { clientOf } from './address.js';
import { DependencyOfMember } from './dependency.js';
import { breakerOptions, type MemberSettings } from './member-settings.js';
import type { News, Order } from './order.js';
import { recordingListener } from './recording-listener.js';
import { RecordingStorage } from './recording-storage.js';
import { Traffic } from './traffic.js';

const COUNT_EVERY_MS = 1_000;

/** Puts something between a breaker and its storage. */
export type Wrap = (storage: CircuitStorage) => CircuitStorage;

/** How a member's program can be made to do wrong, so that the checker can be tested. */
export interface Flaws {
  /** Between the breaker and what is written down. */
  readonly above?: Wrap;
  /** Between what is written down and the server. */
  readonly below?: (settings: MemberSettings, storage: CircuitStorage) => CircuitStorage;
}

/** A process that makes calls through a circuit which it shares, and writes down all that happens; until it is told to end. */
export async function runMember(settings: MemberSettings, flaws: Flaws = {}): Promise<void> {
  const { above = (storage) => storage, below = (_settings, storage) => storage } = flaws;
  const history = new HistoryFile(settings.historyFile, settings.name);
  const surprise = (where: string) => (error: unknown) =>
    history.write({ type: 'surprised', where, error: error instanceof Error ? String(error.stack) : String(error) });
  process.on('unhandledRejection', surprise('unhandled rejection'));
  process.on('uncaughtException', surprise('uncaught exception'));
  history.write({ type: 'started', breaker: settings.breaker });

  const client = clientOf(settings.address);
  client.on('error', () => undefined);
  const redis = new RedisStorage(client, { namespace: settings.namespace });
  const breaker = new CircuitBreaker(settings.circuit, {
    ...breakerOptions(settings.breaker),
    storage: above(new RecordingStorage(below(settings, redis), history)),
    listeners: [recordingListener(history, (type) => tellOf(type))],
  });
  const dependency = new DependencyOfMember(settings.dependency);
  const stalls = new Stalls((ms) => history.write({ type: 'stalled', ms }));
  const traffic = new Traffic({ breaker, dependency, history, stalls });
  let isEnding = false;

  const tell = (news: News) => {
    if (process.connected) process.send?.(news);
  };
  const show = () => {
    const { state, scope, epoch, degraded } = breaker.snapshot();
    return { member: settings.name, state, scope, epoch, degraded };
  };
  const tellOf = (type: 'changed' | 'trial' | 'degraded' | 'recovered') =>
    tell(type === 'changed' ? { type, shown: show() } : { type });
  const count = () => history.write({ type: 'counted', counts: { ...breaker.counts }, tally: { ...traffic.tally } });

  const flow = async () => {
    while (!isEnding) {
      if (dependency.isUsed) await traffic.call();
      await pause(2 * Math.random() * settings.pauseMs);
    }
  };

  const rule = async ({ question, ruling }: Extract<Order, { type: 'rule' }>) => {
    history.write({ type: 'ruling', ruling });
    try {
      await breaker[ruling]();
      history.write({ type: 'ruled', ruling });
      tell({ type: 'answer', question, shown: show() });
    } catch (error) {
      const { mayHaveBeenApplied = true } = error as { mayHaveBeenApplied?: boolean };
      history.write({ type: 'ruled', ruling, error: String(error), mayHaveBeenApplied });
      tell({ type: 'answer', question, shown: show(), error: String(error) });
    }
  };

  const end = async () => {
    isEnding = true;
    dependency.become('up');
    await Promise.all(flows);
    history.write({ type: 'disposing' });
    await breaker.dispose();
    await redis.close();
    client.disconnect();
    stalls.stop();
    clearInterval(counting);
    count();
    history.write({ type: 'disposed' });
    process.disconnect();
  };

  process.on('message', (order: Order) => {
    if (order.type === 'meet') {
      history.write({ type: 'met', dependency: order.dependency });
      dependency.become(order.dependency);
    } else if (order.type === 'rule') void rule(order);
    else if (order.type === 'show') tell({ type: 'answer', question: order.question, shown: show() });
    else void end();
  });
  // Whoever has started it is gone.
  process.on('disconnect', () => {
    if (!isEnding) process.exit();
  });

  await breaker.ready();
  const counting = setInterval(count, COUNT_EVERY_MS).unref();
  const flows = Array.from({ length: settings.flows }, flow);
  tell({ type: 'ready', shown: show() });
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => void setTimeout(resolve, ms));
}
