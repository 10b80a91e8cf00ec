import { beforeAll, describe, expect, it } from 'vitest';
import { readUntil, run, start } from './run.js';

const DEMO = 'demo/main.ts';

describe('a fast run of one process without a terminal', () => {
  let result: Awaited<ReturnType<typeof run>>;

  beforeAll(async () => {
    result = await run(DEMO, { options: ['--alone', '--fast'] });
  });

  /** What the table says, with and without a breaker. */
  function row(label: string): number[] {
    const line = result.stdout.split('\n').find((text) => text.startsWith(` ${label} `)) ?? '';
    return [...line.slice(label.length + 1).matchAll(/(?<= )[\d.]+/g)].map(Number);
  }

  it('ends well, with nothing on stderr', () => {
    expect(result).toMatchObject({ code: 0, stderr: '' });
  });

  it('prints plain lines that fit 80 columns', () => {
    expect(result.stdout).not.toContain('\x1b');
    expect(result.stdout.split('\n').filter((line) => [...line].length > 80)).toEqual([]);
  });

  it('tells every change of the servers and of the circuit', () => {
    for (const health of ['healthy', 'slow', 'failing', 'recovering']) {
      expect(result.stdout).toMatch(new RegExp(`\\d\\.\\d s  server ${health}\\n`));
    }
    for (const change of ['closed -> open (tripped)', 'open -> half-open (trial-due)']) {
      expect(result.stdout).toContain(`circuit ${change}`);
    }
    expect(result.stdout).toContain('circuit half-open -> closed (trial-succeeded)');
  });

  it('ends with a table in which the breaker makes the difference', () => {
    const [rejected = 0, neverRejected] = row('calls rejected at once');
    expect(rejected).toBeGreaterThan(0);
    expect(neverRejected).toBe(0);
    const [reached = 0, reachedWithout = 0] = row('requests that reached the server');
    expect(reached).toBeGreaterThan(0);
    expect(reached).toBeLessThan(reachedWithout);
    const [waited = 0, waitedWithout = 0] = row('time spent waiting for no answer');
    expect(waited).toBeLessThan(waitedWithout);
  });

  it('counts the same calls on both sides, and no request without a call', () => {
    const [answered, failed, rejected] = ['answered', 'failed', 'rejected at once'].map((what) => row(`calls ${what}`));
    const made = [0, 1].map((side) => Number(answered?.[side]) + Number(failed?.[side]));
    expect(Number(made[0]) + Number(rejected?.[0])).toBe(made[1]);
    const [reached, reachedWithout] = row('requests that reached the server');
    expect(reached).toBeLessThanOrEqual(Number(made[0]));
    expect(reachedWithout).toBeLessThanOrEqual(Number(made[1]));
  });

  it('ends with a timeline of sixty columns', () => {
    const [, server, circuit] = /^ server {12}(.{60})\n circuit {11}(.{60})$/m.exec(result.stdout) ?? [];
    expect(server).toMatch(/^\|healthy ─+\|slow ~+\|failing x+\|recovering \+*\|healthy ─+$/);
    expect(circuit).toMatch(/^\|closed ─.*·.*\?/);
    expect(result.stdout).toMatch(/^ waiting, with {5}[▁-█]{60}\n waiting, without {2}[▁-█]{60}$/m);
  });
});

describe.concurrent('an interrupted run', () => {
  it.for(['SIGKILL', 'SIGINT', 'SIGTERM'] as const)(
    'leaves no server behind after a %s',
    async (signal, { expect }) => {
      const demo = start(DEMO, { options: ['--alone'] });
      const urls = (await readUntil(demo, /servers http:/)).match(/http:\S+/g) ?? [];
      expect(urls).toHaveLength(2);
      expect(await Promise.all(urls.map(answers))).toEqual([true, true]);

      demo.kill(signal);

      await expect.poll(() => Promise.all(urls.map(answers)), { timeout: 10_000 }).toEqual([false, false]);
    },
  );
});

function answers(url: string): Promise<boolean> {
  return fetch(`${url}/load`).then(
    ({ ok }) => ok,
    () => false,
  );
}
