import { CircuitBreaker, CircuitBreakerRegistry, CircuitStorageError } from '@breaker/core';
import { FakeStorage, seededRandom } from '@breaker/testing';
import { pino } from 'pino';
import { describe, expect, it, vi } from 'vitest';
import { fail } from '../test/calls.js';
import { memoryLogger } from '../test/memory.js';
import { PINOS } from '../test/pinos.js';
import { setUp } from '../test/set-up.js';
import { pinoListener } from './pino-listener.js';

const { values } = pino.levels;
const all = { levels: { 'before-call': 'trace', success: 'trace' } };

describe.each(PINOS)('a line, with %s', (_, pino) => {
  it('tells that an own circuit opened, and the error that did it', () => {
    const { breaker, memory } = setUp({ pino, breaker: { failureThreshold: 2 } });
    fail(breaker);
    fail(breaker, 1, new TypeError('not a function'));
    expect(memory.lines.at(-1)).toMatchObject({ level: values.warn, at: 1_000 });
    expect(memory.of('state-change')).toEqual([
      {
        type: 'state-change',
        circuit: 'payments',
        epoch: 1,
        from: 'closed',
        to: 'open',
        scope: 'process',
        origin: 'local',
        reason: 'tripped',
        err: { type: 'TypeError', message: 'not a function', stack: expect.stringContaining('at ') },
        msg: 'Circuit "payments" is open: tripped',
      },
    ]);
  });

  it('tells every other change of state', async () => {
    const { breaker, clock, memory } = setUp({ pino, breaker: { failureThreshold: 1 } });
    fail(breaker);
    clock.advance(60_000);
    fail(breaker, 1, new Error('still none'));
    clock.advance(60_000);
    breaker.executeSync(() => 'paid');
    await breaker.isolate();
    await breaker.disable();
    const changes = memory.lines.filter(({ type }) => type === 'state-change');
    expect(changes.map(({ level, msg }) => [level, msg])).toEqual([
      [values.warn, 'Circuit "payments" is open: tripped'],
      [values.info, 'Circuit "payments" is half-open: a trial is due'],
      [values.warn, 'Circuit "payments" is open: a trial failed'],
      [values.info, 'Circuit "payments" is half-open: a trial is due'],
      [values.info, 'Circuit "payments" is closed: trials succeeded'],
      [values.warn, 'Circuit "payments" is isolated: by hand'],
      [values.warn, 'Circuit "payments" is disabled: by hand'],
    ]);
    expect(changes.map(({ err }) => (err as Error | undefined)?.message)).toEqual([
      'no route',
      undefined,
      'still none',
      ...[undefined, undefined, undefined, undefined],
    ]);
  });

  it('tells a failure, its error with causes and properties as pino serializes them', () => {
    const { breaker, memory } = setUp({ pino });
    fail(breaker, 1, Object.assign(new Error('no route', { cause: new Error('no carrier') }), { code: 'EROUTE' }));
    expect(memory.lines[0]?.level).toBe(values.debug);
    expect(memory.of('failure')).toEqual([
      {
        type: 'failure',
        circuit: 'payments',
        epoch: 0,
        count: 1,
        durationMs: 0,
        trial: false,
        late: false,
        slow: false,
        err: {
          type: 'Error',
          message: 'no route: no carrier',
          stack: expect.stringMatching(/no route.*caused by: Error: no carrier/s),
          code: 'EROUTE',
        },
        msg: 'Circuit "payments": call failed',
      },
    ]);
  });

  it('tells a rejection', async () => {
    const { breaker, memory } = setUp({ pino });
    await breaker.open();
    fail(breaker);
    expect(memory.lines[1]?.level).toBe(values.info);
    expect(memory.of('reject')).toEqual([
      {
        type: 'reject',
        circuit: 'payments',
        epoch: 1,
        count: 1,
        reason: 'open',
        retryAfterMs: 60_000,
        msg: 'Circuit "payments": call rejected (open)',
      },
    ]);
  });

  it('tells of calls that begin and succeed, where asked to', () => {
    const { breaker, memory } = setUp({ pino, listener: all });
    breaker.executeSync(() => 'paid');
    const common = { circuit: 'payments', epoch: 0, trial: false };
    expect(memory.of('before-call')).toEqual([
      { type: 'before-call', ...common, msg: 'Circuit "payments": call begins' },
    ]);
    expect(memory.of('success')).toEqual([
      {
        type: 'success',
        ...common,
        durationMs: 0,
        late: false,
        slow: false,
        msg: 'Circuit "payments": call succeeded',
      },
    ]);
  });

  it('tells of calls that say nothing', () => {
    const { breaker, memory } = setUp({ pino, breaker: { ignore: [SyntaxError] } });
    fail(breaker, 1, new SyntaxError('not JSON'));
    expect(memory.of('ignore')).toMatchObject([
      { err: { type: 'SyntaxError' }, count: 1, msg: 'Circuit "payments": call ignored' },
    ]);
  });

  it('tells trials from calls', async () => {
    const { breaker, memory } = setUp({
      pino,
      listener: all,
      breaker: { successThreshold: 9, ignore: [SyntaxError] },
    });
    await breaker.halfOpen();
    breaker.executeSync(() => 'paid');
    fail(breaker, 1, new SyntaxError('not JSON'));
    fail(breaker);
    expect(memory.messages).toEqual([
      'Circuit "payments" is half-open: by hand',
      'Circuit "payments": trial begins',
      'Circuit "payments": trial succeeded',
      'Circuit "payments": trial begins',
      'Circuit "payments": trial ignored',
      'Circuit "payments": trial begins',
      'Circuit "payments": trial failed',
      'Circuit "payments" is open: a trial failed',
    ]);
  });

  it('tells of a function of the user that threw', () => {
    const classify = () => {
      throw new Error('cannot judge');
    };
    const { breaker, memory } = setUp({ pino, breaker: { classify } });
    breaker.executeSync(() => 'paid');
    expect(memory.lines[0]?.level).toBe(values.error);
    expect(memory.of('listener-error')).toMatchObject([
      {
        circuit: 'payments',
        epoch: 0,
        count: 1,
        source: 'classify',
        err: { message: 'cannot judge' },
        msg: 'Circuit "payments": classify threw, and was passed over',
      },
    ]);
  });

  it('keeps the bindings, the message prefix and the redaction of a child', () => {
    const { memory, logger } = memoryLogger({}, pino);
    const child = logger.child({ tenant: 'north' }, { msgPrefix: '[calls] ', redact: ['err.token'] });
    const breaker = new CircuitBreaker('payments', { listeners: [pinoListener(child)] });
    fail(breaker, 1, Object.assign(new Error('denied'), { token: 'xyz' }));
    expect(memory.lines).toMatchObject([
      { tenant: 'north', msg: '[calls] Circuit "payments": call failed', err: { token: '[Redacted]' } },
    ]);
  });

  it('may have levels of the logger’s own', () => {
    const { memory, logger } = memoryLogger({}, pino);
    const custom = logger.child({}, { customLevels: { audit: 35 } });
    const breaker = new CircuitBreaker('payments', {
      listeners: [pinoListener(custom, { levels: { open: 'audit' } })],
    });
    breaker.open();
    expect(memory.lines).toMatchObject([{ level: 35, to: 'open' }]);
  });
});

describe('a line', () => {
  it('takes a name as it is, whatever pino could read in it', async () => {
    const { memory, logger } = memoryLogger();
    await new CircuitBreaker('50%s "%o" \\ %%', { listeners: [pinoListener(logger)] }).open();
    expect(memory.lines[0]).toMatchObject({
      circuit: '50%s "%o" \\ %%',
      msg: 'Circuit "50%s "%o" \\ %%" is open: by hand',
    });
  });

  it('never has a value in it, nor the breaker', async () => {
    const { breaker, memory, clock } = setUp({ listener: all, breaker: { classify: () => 'failure' } });
    for (let call = 0; call < 8; call++) await breaker.execute(async () => ({ secret: 'hunter2' })).catch(() => {});
    clock.advance(10_000);
    expect(memory.of('failure')).toHaveLength(2);
    expect(JSON.stringify(memory.lines)).not.toMatch(/hunter2|value|breaker/);
  });

  it.each([
    ['a text', 'plain text', 'plain text'],
    ['an object', { status: 503 }, { status: 503 }],
    ['null', null, null],
    ['nothing', undefined, undefined],
  ])('shows what was thrown, be it %s', (_, thrown, err) => {
    const { breaker, memory } = setUp();
    fail(breaker, 1, thrown);
    expect(memory.of('failure')[0]?.err).toEqual(err);
  });

  it('has no error at a circuit that a slow success opened, nor an old one', async () => {
    const { breaker, clock, memory } = setUp({
      breaker: {
        trip: {
          key: 'slow',
          slowCallMs: 100,
          initial: () => 0,
          record: (_, { slow }) => slow,
          trips: (slow) => slow === 1,
        },
      },
    });
    fail(breaker);
    breaker.executeSync(() => clock.advance(200));
    expect(breaker.state).toBe('open');
    expect(memory.of('state-change')).toMatchObject([{ to: 'open', reason: 'tripped' }]);
    expect(memory.of('state-change')[0]).not.toHaveProperty('err');
  });

  it('does not take the failure of a late call for the cause of the next trip', async () => {
    const { breaker, memory } = setUp({ breaker: { classify: ({ threw }) => (threw ? undefined : 'failure') } });
    let reject: (error: Error) => void = () => {};
    const late = breaker.execute(() => new Promise<never>((_, fail) => (reject = fail))).catch(() => {});
    await breaker.open();
    reject(new Error('late'));
    await late;
    await breaker.halfOpen();
    breaker.executeSync(() => 'a value that is a failure', { fallback: () => '' });
    expect(memory.of('state-change').map(({ to, err }) => [to, err])).toEqual([
      ['open', undefined],
      ['half-open', undefined],
      ['open', undefined],
    ]);
  });

  it('does not take a failure for the cause of what is ruled by hand right after it', async () => {
    const { breaker, memory } = setUp();
    const rulesLater = {
      onSuccess: () => {
        fail(breaker);
        breaker.open();
      },
    };
    breaker.addListener(rulesLater);
    breaker.executeSync(() => 'paid');
    expect(memory.lines.map(({ type }) => type)).toEqual(['failure', 'state-change']);
    expect(memory.lines[1]).not.toHaveProperty('err');
  });

  it('does not take the failure that tripped for the cause of what a listener rules at it', async () => {
    const { breaker, memory } = setUp({ breaker: { failureThreshold: 1 } });
    breaker.addListener({ onStateChange: ({ reason }) => reason === 'tripped' && breaker.halfOpen() });
    breaker.addListener({ onFailure: () => breaker.close() });
    fail(breaker);
    expect(memory.of('state-change').map(({ to, err }) => [to, (err as Error | undefined)?.message])).toEqual([
      ['open', 'no route'],
      ['closed', undefined],
      ['half-open', undefined],
    ]);
  });
});

describe('of a shared circuit', () => {
  it('lines tell whose change it was, and where', async () => {
    const { clock, memory, listener, logger } = setUp();
    const storage = new FakeStorage({ clock });
    const options = { clock, storage, failureThreshold: 1, random: seededRandom(1) };
    const here = new CircuitBreaker('stock', { ...options, listeners: [listener] });
    const there = new CircuitBreaker('stock', {
      ...options,
      storage: storage.link(),
      listeners: [pinoListener(logger.child({ process: 'there' }))],
    });
    await Promise.all([here.ready(), there.ready()]);
    const permit = await here.acquire();
    fail(here);
    permit.fail(new Error('late'));
    await clock.advanceAsync(1_000);
    const own = { scope: 'process', origin: 'local', from: 'closed', to: 'open', err: { message: 'no route' } };
    expect(memory.of('state-change')).toMatchObject([
      { ...own, msg: 'Circuit "stock" is open: tripped' },
      { scope: 'fleet', origin: 'local', from: 'open', msg: 'Circuit "stock" is open in the fleet: tripped' },
      {
        process: 'there',
        scope: 'fleet',
        origin: 'remote',
        msg: 'Circuit "stock" is open in the fleet: another process says so',
      },
    ]);
    for (const change of memory.of('state-change').slice(1)) expect(change).not.toHaveProperty('err');
    memory.lines.length = 0;
    await there.dispose();
    expect(memory.messages).toEqual(['Circuit "stock" is closed: adopted']);
  });

  it('lines tell that the storage is out of reach, and that it is back', async () => {
    const { clock, memory, listener } = setUp();
    const storage = new FakeStorage({ clock });
    storage.fail(new Error('ECONNREFUSED'));
    const breaker = new CircuitBreaker('stock', { clock, storage, random: seededRandom(1), listeners: [listener] });
    await breaker.ready();
    storage.heal();
    await clock.advanceAsync(10_000);
    expect(memory.lines.map(({ level }) => level)).toEqual([values.error, values.info]);
    expect(memory.of('storage-degraded')).toMatchObject([
      {
        circuit: 'stock',
        err: { type: CircuitStorageError.name, code: 'ERR_CIRCUIT_STORAGE', reason: 'unavailable' },
        msg: 'Circuit "stock" goes on alone: its storage is out of reach',
      },
    ]);
    expect(memory.of('storage-recovered')).toMatchObject([{ msg: 'Circuit "stock": its storage answers again' }]);
  });
});

describe('levels', () => {
  it('that are silent have no methods, so that a breaker makes no events of them', () => {
    const { logger } = memoryLogger();
    expect(Object.keys(pinoListener(logger)).filter((key) => key.startsWith('on'))).toEqual([
      'onFailure',
      'onIgnore',
      'onReject',
      'onStateChange',
      'onStorageDegraded',
      'onStorageRecovered',
      'onListenerError',
    ]);
    const states = { open: 'silent', 'half-open': 'silent', closed: 'silent', isolated: 'silent', disabled: 'silent' };
    expect(pinoListener(logger, { levels: states })).not.toHaveProperty('onStateChange');
    expect(pinoListener(logger, { levels: { ...states, disabled: 'info' } })).toHaveProperty('onStateChange');
  });

  it.each([
    ['onBeforeCall', 'before-call'],
    ['onSuccess', 'success'],
    ['onFailure', 'failure'],
    ['onIgnore', 'ignore'],
    ['onReject', 'reject'],
    ['onStorageDegraded', 'storage-degraded'],
    ['onStorageRecovered', 'storage-recovered'],
    ['onListenerError', 'listener-error'],
  ])('give and take %s', (method, key) => {
    const { logger } = memoryLogger();
    expect(pinoListener(logger, { levels: { [key]: 'info' } })).toHaveProperty(method);
    expect(pinoListener(logger, { levels: { [key]: 'silent' } })).not.toHaveProperty(method);
  });

  it('can be changed or silenced, one by one', async () => {
    const levels = { open: 'fatal', closed: 'silent', failure: 'error', reject: undefined } as const;
    const { breaker, memory } = setUp({ listener: { levels } });
    fail(breaker);
    await breaker.open();
    fail(breaker);
    await breaker.close();
    expect(memory.lines.map(({ type, level }) => [type, level])).toEqual([
      ['failure', values.error],
      ['state-change', values.fatal],
      ['reject', values.info],
    ]);
  });

  it('that are off are followed, live, and cost no line', async () => {
    const { breaker, memory, logger, clock } = setUp({ logger: { level: 'warn' } });
    const methods = (['info', 'debug'] as const).map((level) => vi.spyOn(logger, level));
    const { pending } = clock;
    fail(breaker);
    await breaker.close();
    await breaker.halfOpen();
    await breaker.open();
    fail(breaker, 3);
    expect(memory.messages).toEqual(['Circuit "payments" is open: by hand']);
    expect(clock.pending).toBe(pending);
    for (const method of methods) expect(method).not.toHaveBeenCalled();
    vi.restoreAllMocks();
    logger.level = 'debug';
    fail(breaker);
    await breaker.close();
    expect(memory.messages.slice(1)).toEqual([
      'Circuit "payments": call rejected (open)',
      'Circuit "payments" is closed: by hand',
    ]);
  });

  it('may be unknown to a logger that is only like one of pino', async () => {
    const info = vi.fn();
    const other = vi.fn();
    const levels = { fatal: other, error: other, warn: other, info, debug: other, trace: other, silent: other };
    const logger = { ...levels, child: () => logger };
    const listener = pinoListener(logger, { levels: { open: 'info', closed: 'silent' } });
    const breaker = new CircuitBreaker('payments', { listeners: [listener] });
    await breaker.open();
    await breaker.close();
    expect(info).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({ to: 'open' }),
      'Circuit "payments" is open: by hand',
    );
    expect(other).not.toHaveBeenCalled();
  });
});

describe('one listener', () => {
  it('serves many breakers and a registry, and its methods can be taken apart', async () => {
    const { logger, memory } = memoryLogger();
    const { onStateChange = () => undefined } = pinoListener(logger);
    const registry = new CircuitBreakerRegistry({ listeners: [{ onStateChange }] });
    await Promise.all(['a.example', 'b.example'].map((host) => registry.get(host).open()));
    await new CircuitBreaker('mail', { listeners: [{ onStateChange }] }).isolate();
    expect(memory.lines.map(({ circuit, to }) => [circuit, to])).toEqual([
      ['a.example', 'open'],
      ['b.example', 'open'],
      ['mail', 'isolated'],
    ]);
  });
});
