import { HistoryFile } from '../history/history-file.js';
import { Stalls } from '../history/stalls.js';
import { DependencyOfMember } from './dependency.js';
import type { Flaws } from './flaws.js';
import type { MemberSettings } from './member-settings.js';
import type { News, Order, Ruling } from './order.js';
import { recordingListener } from './recording-listener.js';
import { shareBreaker } from './shared-breaker.js';
import { recordSurprises } from './surprises.js';
import { Traffic } from './traffic.js';

const COUNT_EVERY_MS = 1_000;

/** A process that makes calls through a circuit which it shares, and writes down all that happens; until it is told to end. */
export async function runMember(settings: MemberSettings, flaws: Flaws = {}): Promise<void> {
  const history = new HistoryFile(settings.historyFile, settings.name);
  recordSurprises(history);
  history.write({ type: 'started', breaker: settings.breaker });

  const listener = recordingListener(history, (type) => tell(type === 'changed' ? { type, shown: show() } : { type }));
  const { breaker, close } = shareBreaker(settings, history, listener, flaws);
  const dependency = new DependencyOfMember(settings.dependency);
  const stalls = new Stalls((ms) => history.write({ type: 'stalled', ms }));
  const traffic = new Traffic({ breaker, dependency, history, stalls });

  const show = () => {
    const { state, scope, epoch, degraded } = breaker.snapshot();
    return { member: settings.name, state, scope, epoch, degraded };
  };
  const count = () => history.write({ type: 'counted', counts: { ...breaker.counts }, tally: { ...traffic.tally } });

  async function rule(ruling: Ruling): Promise<string | undefined> {
    history.write({ type: 'ruling', ruling });
    const error = await breaker[ruling]().then(() => undefined, String);
    history.write({ type: 'ruled', ruling, ...(error !== undefined && { error }) });
    return error;
  }

  async function follow(order: Order): Promise<void> {
    switch (order.type) {
      case 'meet':
        history.write({ type: 'met', dependency: order.dependency });
        return dependency.become(order.dependency);
      case 'rule': {
        const error = await rule(order.ruling);
        return tell({ ...answer(order.question), ...(error !== undefined && { error }) });
      }
      case 'show':
        return tell(answer(order.question));
      case 'end':
        return end();
    }
  }

  const answer = (question: number) => ({ type: 'answer', question, shown: show() }) as const;

  async function end(): Promise<void> {
    process.off('disconnect', leave);
    dependency.become('up');
    await traffic.end();
    await close();
    stalls.stop();
    clearInterval(counting);
    count();
    history.write({ type: 'disposed' });
    process.disconnect();
  }

  process.on('message', (order: Order) => void follow(order));
  process.on('disconnect', leave);
  await breaker.ready();
  const counting = setInterval(count, COUNT_EVERY_MS).unref();
  traffic.begin(settings.flows, settings.pauseMs);
  tell({ type: 'ready', shown: show() });
}

/** Whoever has started it is gone. */
function leave(): void {
  process.exit();
}

function tell(news: News): void {
  if (process.connected) process.send?.(news);
}
