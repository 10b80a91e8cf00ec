import { setTimeout as sleep } from 'node:timers/promises';
import { askGuarded, makeBreaker } from './guarded-call.js';
import { type News, newsOf } from './news.js';

// A process of the fleet. Calls the server again and again, through the circuit that it shares, and tells of it.

export type Order = 'begin' | 'end';
export type Report = 'ready' | News;

const CALL_EVERY_MS = 300;

// When the parent is gone, however it went, so is this process. Ctrl-C is the parent's to hear.
process.on('disconnect', () => process.exit());
process.on('SIGINT', () => undefined);

const [url = '', namespace = '', share = '0', pace = '1'] = process.argv.slice(2);
const tell = (report: Report) => process.send?.(report, () => undefined);

const breaker = makeBreaker(namespace, Number(pace));
breaker.addListener({
  onEvent: (event) => {
    const news = newsOf(event);
    if (news !== undefined) tell(news);
  },
});
await breaker.ready();

const calls: Promise<unknown>[] = [];
const call = () => calls.push(askGuarded(breaker, url).catch(() => undefined));
let traffic: ReturnType<typeof setInterval> | undefined;

const obey: Record<Order, () => Promise<void>> = {
  async begin() {
    await sleep(Number(share) * CALL_EVERY_MS); // the processes take turns
    traffic = setInterval(call, CALL_EVERY_MS);
  },
  async end() {
    clearInterval(traffic);
    await Promise.all(calls);
    await breaker.dispose();
    process.disconnect();
  },
};
process.on('message', (order: Order) => obey[order]());

tell('ready');
