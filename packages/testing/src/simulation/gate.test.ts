import { expect, it } from 'vitest';
import { Gate } from './gate.js';

function gateWith(log: string[]): { gate: Gate; come: (kind: 'timer' | 'news', name: string) => void } {
  const gate = new Gate();
  return { gate, come: (kind, name) => gate[kind](() => log.push(name)) };
}

it('lets in what comes, at once', () => {
  const log: string[] = [];
  const { gate, come } = gateWith(log);
  come('news', 'push');
  come('timer', 'poll');
  expect(log).toEqual(['push', 'poll']);
  expect([gate.isOpen, gate.isDead]).toEqual([true, false]);
});

it('keeps what comes while it is held, and lets it in later, timers first', async () => {
  const log: string[] = [];
  const { gate, come } = gateWith(log);
  gate.hold();
  come('news', 'push');
  come('timer', 'poll');
  expect(log).toEqual([]);
  expect(gate.isOpen).toBe(false);
  await gate.release();
  expect(log).toEqual(['poll', 'push']);
  expect(gate.isOpen).toBe(true);
});

it('lets promises run between what it lets in', async () => {
  const log: string[] = [];
  const gate = new Gate();
  gate.hold();
  gate.news(() => void Promise.resolve().then(() => log.push('what the first one caused')));
  gate.news(() => log.push('the second'));
  await gate.release();
  expect(log).toEqual(['what the first one caused', 'the second']);
});

it('lets nothing in ever again once its process has ended', async () => {
  const log: string[] = [];
  const { gate, come } = gateWith(log);
  gate.hold();
  come('news', 'push');
  gate.kill();
  gate.hold();
  await gate.release();
  come('timer', 'poll');
  expect(log).toEqual([]);
  expect([gate.isOpen, gate.isDead]).toEqual([false, true]);
});
