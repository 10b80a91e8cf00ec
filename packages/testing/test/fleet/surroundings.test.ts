import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { call, fail, succeed } from './calls.js';
import { EXTRA, Fleet, HEARD, type Member } from './fleet.js';
import { expectNoUnhandledRejection } from './unhandled-rejections.js';

expectNoUnhandledRejection();

afterEach(() => {
  vi.restoreAllMocks();
});

/** A life with everything in it: reports, a hearing, trials, an outage, a recovery, rulings. */
async function live(fleet: Fleet, { breaker, link }: Member): Promise<void> {
  await fail(breaker, 5);
  await fleet.pass(HEARD + 2_000 + EXTRA);
  await fail(breaker);
  await fleet.pass(2_000 + EXTRA);
  const trial = breaker.execute(({ signal }) => new Promise((_, reject) => signal.addEventListener('abort', reject)));
  trial.catch(() => undefined);
  await fleet.pass(5_000);
  link.fail();
  await fleet.passWith(3_000, 100, () => call(breaker));
  link.heal();
  await fleet.passWith(10_000, 100, () => call(breaker));
  await breaker.isolate();
  await breaker.close();
  await succeed(breaker);
  await fail(breaker);
}

const options = { resetTimeoutMs: 2_000, trialTimeoutMs: 1_000, timeoutMs: 900 };

describe('a breaker with a clock and a chance of its own', () => {
  it('uses no others', async () => {
    const fleet = new Fleet(options);
    const member = await fleet.join();
    const others = [
      vi.spyOn(Math, 'random'),
      vi.spyOn(Date, 'now'),
      vi.spyOn(performance, 'now'),
      vi.spyOn(globalThis, 'setTimeout'),
      vi.spyOn(globalThis, 'setInterval'),
      vi.spyOn(globalThis, 'setImmediate'),
    ];
    await live(fleet, member);
    for (const other of others) expect(other).not.toHaveBeenCalled();
    expect(member.recorder.of('storage-recovered')).toHaveLength(1);
  });

  it('lets every timer of its go, so that none keeps a process alive', async () => {
    const fleet = new Fleet(options);
    let set = 0;
    let released = 0;
    const clock = {
      now: () => fleet.clock.now(),
      setTimeout: (run: () => void, ms: number) => {
        set += 1;
        const handle = fleet.clock.setTimeout(run, ms);
        const unref = (): void => {
          released += 1;
        };
        return { handle, unref };
      },
      clearTimeout: (timer: unknown) => fleet.clock.clearTimeout((timer as { handle: unknown } | undefined)?.handle),
    };
    const member = await fleet.join({ clock });
    await live(fleet, member);
    expect(set).toBeGreaterThan(20);
    expect(released).toBe(set);
  });

  it('lives the same life again with the same chance, ids aside', async () => {
    const records: unknown[] = [];
    for (let life = 0; life < 2; life += 1) {
      const fleet = new Fleet(options);
      await live(fleet, await fleet.join());
      await fleet.pass(1_000);
      records.push({ ...fleet.record, era: undefined });
    }
    expect(records[1]).toEqual(records[0]);
  });
});

describe('a process', () => {
  it('ends by itself, however busy its breakers were', async () => {
    const script = `
      import { CircuitBreaker, MemoryStorage } from '@breaker/core';
      const storage = new MemoryStorage();
      const [a, b] = [1, 2].map(() => new CircuitBreaker('orders', { storage, resetTimeoutMs: 60_000 }));
      await b.ready();
      for (let made = 0; made < 5; made += 1) await a.execute(() => Promise.reject(new Error('down'))).catch(() => {});
      await a.flush();
      await b.isolate();
      await new Promise((resolve) => setTimeout(resolve, 20));
      console.log(a.state, b.state);
    `;
    const run = promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], { timeout: 20_000 });
    expect((await run).stdout.trim()).toBe('isolated isolated');
  });
});
