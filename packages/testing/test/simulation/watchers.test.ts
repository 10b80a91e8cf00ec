import type { BreakerEvent } from '@breaker/core';
import { describe, expect, it } from 'vitest';
import { watchAnnouncements } from '../../src/simulation/invariants/announcements.js';
import { watchCalls } from '../../src/simulation/invariants/calls.js';
import { watchCounts } from '../../src/simulation/invariants/counts.js';
import { watchHearings } from '../../src/simulation/invariants/hearings.js';
import { watchIdleness } from '../../src/simulation/invariants/idleness.js';
import { watchLeases } from '../../src/simulation/invariants/leases.js';
import { watchChanges } from '../../src/simulation/invariants/legal-changes.js';
import { watchLineage } from '../../src/simulation/invariants/lineage.js';
import { watchOutcomes } from '../../src/simulation/invariants/outcomes.js';
import { watchSettlements } from '../../src/simulation/invariants/settlements.js';
import { closed, History, halfOpen, open } from './history.js';

const LEASE = { id: 'a', expiresAt: 100 };

describe('invariant 1', () => {
  it('is broken by a trial that runs without a lease', () => {
    const history = new History(watchLeases);
    const process = history.process();
    history.watcher.started?.(history.call(process, { isTrialOfFleet: true, startedAt: 0 }));
    expect(history.broken).toEqual(['1: a trial of process 0 runs without a lease']);
  });

  it.each([
    [100, 0, []],
    [50, 0, ['1: 2 trials run at once in a round of 1']],
    [50, 1, []],
  ])(
    'is broken by more trials than places, within their leases: at %i ms, %i losses',
    (storageTime, losses, broken) => {
      const history = new History(watchLeases);
      const settings = [{ maxTrials: 1, successThreshold: 2 }];
      const [one, other] = [history.process({ settings }), history.process({ settings })];
      const first = history.commit(one, undefined, halfOpen({ limit: 1, leases: [LEASE] }));
      const second = history.commit(
        other,
        first.after,
        halfOpen({ limit: 1, leases: [{ id: 'b', expiresAt: 200 }], revision: 2 }),
      );
      Object.assign(history.world, { storageTime, losses });
      for (const commit of [first, second]) {
        history.watcher.confirmed?.(commit);
        history.watcher.started?.(history.call(commit.writer, { isTrialOfFleet: true, startedAt: 0 }));
      }
      expect(history.broken).toEqual(broken);
    },
  );
});

describe('invariant 2', () => {
  it('is broken by an epoch that begins without a change of state', () => {
    const history = new History(watchLineage);
    history.commit(history.process(), open(), open({ epoch: 2, era: 'two', revision: 2 }));
    expect(history.broken).toEqual(['2: a new epoch began without a change of state: open']);
  });

  it.each([
    [0, ['2: epoch 1 of process 0 was there before']],
    [1, []],
  ])('is broken by an epoch that comes back, unless the storage lost something (%i times)', (losses, broken) => {
    const history = new History(watchLineage);
    const process = history.process();
    const first = history.commit(process, undefined, open());
    const second = history.commit(process, first.after, halfOpen({ epoch: 2, era: 'two', revision: 2 }));
    history.world.losses = losses;
    history.commit(process, { ...second.after, epoch: 0 }, open({ revision: 3 }));
    expect(history.broken).toEqual(broken);
  });
});

describe('invariant 3', () => {
  it('is broken by trials where nothing was open', () => {
    const history = new History(watchChanges);
    history.commit(history.process(), undefined, halfOpen());
    expect(history.broken).toEqual(['3: process 0 changed nothing to half-open']);
  });

  it('is broken by a change that its reason does not make', () => {
    const history = new History(watchChanges);
    history.stateChange(history.process(), { from: 'closed', to: 'half-open', scope: 'process' });
    expect(history.broken).toEqual(['3: process 0 told closed -> half-open as tripped']);
  });

  it('is broken by trials before the open time is over, but not where the clock went back', () => {
    const history = new History(watchChanges);
    const process = history.process();
    history.commit(process, open(), halfOpen({ epoch: 2, era: 'two' }), { now: 999 });
    history.commit(process, open({ changedAt: 500 }), halfOpen({ epoch: 2, era: 'three' }), { now: -600 });
    expect(history.broken).toEqual(['3: process 0 changed open (due in 1 ms) to half-open']);
  });
});

describe('invariant 4', () => {
  it('is broken by a lease that is used twice', () => {
    const history = new History(watchSettlements);
    const process = history.process();
    const held = history.commit(process, open(), halfOpen({ epoch: 2, leases: [LEASE] }));
    const won = halfOpen({ epoch: 2, successes: 1 });
    history.commit(process, held.after, won);
    history.commit(process, { ...won, leases: [LEASE] }, { ...won, successes: 2 });
    expect(history.broken).toEqual(['4: a lease was used twice']);
  });

  it('is broken by who ends a round without a lease in it', () => {
    const history = new History(watchSettlements);
    const [holder, other] = [history.process(), history.process()];
    const held = history.commit(holder, open(), halfOpen({ epoch: 2, leases: [LEASE] }));
    history.commit(other, held.after, open({ epoch: 3, era: 'three' }));
    expect(history.broken).toEqual(['4: process 1 ended a round (open) without a lease in it']);
  });
});

describe('invariants 4 and 5', () => {
  it('are broken by failures that nobody had, and by successes that nobody had', () => {
    const history = new History(watchOutcomes);
    const process = history.process();
    history.commit(process, closed({ epoch: 7 }), closed({ epoch: 7, memory: 1, revision: 2 }));
    history.commit(process, halfOpen({ epoch: 8 }), closed({ epoch: 9, era: 'nine' }));
    expect(history.broken).toEqual([
      '4: process 0 reported 1 failures in an epoch in which it had 0',
      '5: the fleet closed with 0 successes of trials, instead of 2',
    ]);
  });

  it('are broken by a round that needs what nobody set', () => {
    const history = new History(watchLeases);
    history.commit(history.process(), open(), halfOpen({ epoch: 2, era: 'two', need: 1 }));
    expect(history.broken).toEqual(['5: a round of process 0 needs 1 successes, as nobody set']);
  });
});

describe('invariant 5', () => {
  it.each([
    [1, []],
    [2, ['5: 1 processes with failures made a quorum of 2']],
  ])('is broken by a quorum of %i that was not there', (quorum, broken) => {
    const history = new History(watchOutcomes);
    const process = history.process({
      breaker: { options: { failureThreshold: 3, sharing: { kind: 'trips', quorum } } },
    });
    history.call(process, { result: 'failure', startedAt: 0 });
    history.commit(process, closed(), open({ epoch: 2, era: 'two' }));
    expect(history.broken).toEqual(broken);
  });
});

describe('invariant 7', () => {
  it('is broken by what nobody did, by what another one did, and by what was told before', () => {
    const history = new History(watchAnnouncements);
    const [one, other] = [history.process(), history.process()];
    history.world.stored = closed();
    history.stateChange(one, { from: 'closed', to: 'open', origin: 'remote' });
    history.commit(one, closed({ epoch: 0, era: undefined }), open());
    history.stateChange(other, { from: 'closed', to: 'open' });
    history.stateChange(one, { from: 'closed', to: 'open' });
    expect(history.broken).toEqual([
      '7: process 0 told what nobody did: closed -> open in epoch 1 (tripped)',
      '7: process 1 told as its own: closed -> open in epoch 1 (tripped)',
      '7: process 0 told again: closed -> open in epoch 1 (tripped)',
    ]);
  });

  it('is kept by who adopts that nothing was stored, a moment later', () => {
    const history = new History(watchAnnouncements);
    const process = history.process();
    history.world.now = 10_000;
    history.watcher.asked?.({ process, operation: 'read' });
    history.world.stored = open({ epoch: 5 });
    history.world.now = 14_999;
    history.stateChange(process, { from: 'open', to: 'closed', origin: 'remote', epoch: 3 });
    expect(history.broken).toEqual([]);
    history.world.now = 15_000;
    history.stateChange(process, { from: 'open', to: 'closed', origin: 'remote', epoch: 4 });
    expect(history.broken).toEqual(['7: process 0 told what nobody did: open -> closed in epoch 4 (tripped)']);
  });

  it('is broken by a breaker that shows something else than it told', () => {
    const history = new History(watchAnnouncements);
    history.process({ wasUsed: true, state: 'open' });
    history.watcher.stepped?.();
    expect(history.broken).toEqual(['7: process 0 shows closed, but told open last']);
  });

  it('is broken by a change from what was not shown', () => {
    const history = new History(watchChanges);
    history.stateChange(history.process({ state: 'open' }), { from: 'closed', to: 'open' });
    expect(history.broken).toEqual(['7: process 0 told closed -> open, but had shown open']);
  });
});

describe('invariant 9', () => {
  it('is broken by calls that wait', () => {
    const history = new History(watchCalls);
    const process = history.process();
    history.watcher.started?.(history.call(process, { startedAt: 101 }));
    history.watcher.started?.(history.call(process, { startedAt: 103 }));
    history.watcher.settled?.(history.call(process, { result: 'rejected', settledAt: 1, isUrgent: true }));
    expect(history.broken).toEqual([
      '9: a call of process 0 waited for 103 ms',
      '9: a call of process 0 waited for 1 ms, though it need not ask',
    ]);
  });

  it.each([{ pauses: 1 }, { clock: { hasGoneBack: true } }])(
    'does not count the time in which a process stood still: %j',
    (facts) => {
      const history = new History(watchCalls);
      const process = history.process();
      const call = history.call(process, { startedAt: 500 });
      Object.assign(process, facts);
      history.watcher.started?.(call);
      expect(history.broken).toEqual([]);
    },
  );

  it('is broken by what no breaker gives its caller', () => {
    const history = new History(watchCalls);
    const process = history.process();
    history.watcher.settled?.(history.call(process, { result: 'strange', strange: new Error('out of storage') }));
    history.watcher.settled?.(history.call(process, { result: 'rejected', startedAt: 0, settledAt: 0 }));
    expect(history.broken).toEqual([
      '9: a call of process 0 ended with Error: out of storage',
      '9: a call of process 0 was made, and rejected',
    ]);
  });
});

describe('invariants 10 and 12', () => {
  it('are broken by an update without a reason, and by a timer that keeps its process alive', () => {
    const history = new History(watchIdleness);
    const process = history.process({ clock: { referenced: 1 } });
    history.world.now = 10_000;
    history.watcher.asked?.({ process, operation: 'read' });
    history.watcher.stepped?.();
    history.watcher.asked?.({ process, operation: 'update' });
    history.watcher.stepped?.();
    expect(history.broken).toEqual([
      '12: 1 timers keep process 0 alive',
      '10: process 0 made an update without a reason',
      '12: 1 timers keep process 0 alive',
    ]);
  });

  it('are kept where a trial runs', () => {
    const history = new History(watchIdleness);
    const process = history.process();
    history.world.now = 10_000;
    history.call(process, { startedAt: 1, isTrialOfFleet: true });
    history.watcher.asked?.({ process, operation: 'update' });
    history.watcher.stepped?.();
    expect(history.broken).toEqual([]);
  });

  it.each<[string, object]>([
    ['a failure', { type: 'failure' }],
    ['a slow call', { type: 'success', slow: true }],
  ])('are kept where %s is the reason, told before or in the same breath', (_, event) => {
    const history = new History(watchIdleness);
    const process = history.process();
    for (const order of [
      ['told', 'asked'],
      ['asked', 'told'],
    ] as const) {
      history.world.now = (history.world.now ?? 0) + 10_000;
      for (const what of order) {
        if (what === 'told') history.watcher.told?.(process, event as BreakerEvent);
        else history.watcher.asked?.({ process, operation: 'update' });
      }
    }
    history.watcher.stepped?.();
    expect(history.broken).toEqual([]);
  });
});

describe('invariant 11', () => {
  it('is broken by every count that is wrong', () => {
    const history = new History(watchCounts);
    const counts = { calls: 1, successes: 0, failures: 1, ignored: 0, rejected: 0 };
    const process = history.process({ breaker: { counts } });
    history.call(process, { result: 'success' });
    history.call(process);
    history.watcher.stepped?.();
    expect(history.broken).toEqual([
      '11: process 0 counts 1 calls of 2',
      '11: process 0 counts 0 successes of 1',
      '11: process 0 counts 1 failures of 0',
    ]);
  });
});

describe('invariant 14', () => {
  it('does not count failures of an epoch that its process may not have heard of', () => {
    const history = new History(watchHearings);
    const process = history.process();
    history.world.stored = closed();
    history.commit(process, halfOpen({ epoch: 0 }), closed());
    for (const startedAt of [10, 20, 25]) history.call(process, { result: 'failure', startedAt, settledAt: 40 });
    history.world.now = 5_000;
    history.watcher.stepped?.();
    expect(history.broken).toEqual([]);
    for (const startedAt of [31, 32, 33]) history.call(process, { result: 'failure', startedAt, settledAt: 40 });
    history.watcher.stepped?.();
    expect(history.broken).toEqual(['14: all calls fail, and the fleet is still closed 4960 ms later']);
  });
});
