import { describe, expect, it } from 'vitest';
import { FakeClock } from '../fake-clock.js';
import { RecordServer } from '../storage/record-server.js';
import { Gate } from './gate.js';
import { StorageLink } from './storage-link.js';

const RECORD = { keepUntilAt: 1e6 };

function setUp() {
  const clock = new FakeClock();
  const server = new RecordServer(clock);
  const commits: unknown[] = [];
  const link = new StorageLink(clock, server, new Gate(), () => 0.5, {
    asked: () => undefined,
    committed: (before, after) => {
      commits.push([before, after]);
      return () => commits.push('confirmed');
    },
  });
  return { clock, server, link, commits };
}

describe('the way of a process to the storage', () => {
  it('takes time, tells what was written, and when the process heard of it', async () => {
    const { clock, link, commits } = setUp();
    const update = link.update('a', () => RECORD);
    await clock.advanceAsync(6);
    expect(commits).toEqual([[undefined, RECORD]]);
    await clock.advanceAsync(3);
    expect(commits).toEqual([[undefined, RECORD], 'confirmed']);
    expect((await update).record).toEqual(RECORD);
  });

  it('asks the change again where somebody else wrote in between, eight times at most', async () => {
    const { clock, server, link, commits } = setUp();
    let asked = 0;
    const update = link.update('a', () => {
      asked++;
      clock.setTimeout(() => server.put('a', { asked }), 1);
      return RECORD;
    });
    const lost = expect(update).rejects.toMatchObject({ reason: 'conflict', mayHaveBeenApplied: false });
    await clock.advanceAsync(1_000);
    await lost;
    expect([asked, commits]).toEqual([8, []]);
  });

  it('keeps what is under way at a partition, and lets it pass at the heal, with a hint that something may be missed', async () => {
    const { clock, link } = setUp();
    const pushes: unknown[] = [];
    link.subscribe('a', (record) => pushes.push(record));
    await clock.advanceAsync(10);
    link.faults.set({ isCut: true });
    const answers: unknown[] = [];
    void link.read('a').then(({ record }) => answers.push(record ?? 'none'));
    await clock.advanceAsync(10_000);
    expect([pushes.length, answers]).toEqual([1, []]);
    link.heal();
    await clock.advanceAsync(20);
    expect([pushes, answers]).toEqual([[undefined, undefined], ['none']]);
  });
});
