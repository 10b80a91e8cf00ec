import { CircuitBreaker, failureRate, lastCalls, MemoryStorage, shareOutcomes, shareTrips } from '@breaker/core';
import { describe, expect, it } from 'vitest';
import { resolveOptions as resolvePinoOptions } from '../../packages/listeners-pino/src/options.js';
import { resolveOptions } from '../../packages/redis/src/options.js';
import { tableRows } from './markdown-table.js';
import { optionsOf } from './options-of.js';
import { repository } from './repository.js';

const CORE = 'packages/core/README.md';

function rowsOf(path: string): Map<string, string> {
  const rows = tableRows(repository.read(path), 'option');
  return new Map(rows.map(([option = '', value = '']) => [option, value]));
}

/** How the documents write what a function or class takes; where they give values, they call it. */
function signaturesOf(name: string): string[] {
  return [CORE, 'docs/sharing-a-circuit.md']
    .flatMap((path) => [...repository.read(path).matchAll(new RegExp(`\\b${name}\\([^{}\\n]*\\{ ([^}]*) \\}\\)`, 'g'))])
    .map(([, written = '']) => written)
    .filter((written) => !written.includes(':'));
}

const spaced = (number: number) => number.toLocaleString('en').replaceAll(',', ' ');

describe('the options of a breaker', () => {
  const rows = rowsOf(CORE);
  const declared = ['ChangeableOptions', 'CircuitBreakerOptions'].flatMap((name) => [
    ...optionsOf('packages/core/src/options.ts', name).keys(),
  ]);
  const { options } = new CircuitBreaker('any', { storage: new MemoryStorage() });

  /** What is in force where the option is not given, as the table writes it. */
  function inForce(option: string): string | undefined {
    const value = options[option as keyof typeof options];
    if (option === 'trip') return `consecutiveFailures(${options.failureThreshold})`;
    if (option === 'storage' || value === undefined) return 'none';
    if (option === 'sharing') return JSON.stringify(value) === JSON.stringify(shareOutcomes()) ? 'shareOutcomes()' : '';
    if (option === 'clock') return Math.abs(options.clock.now() - Date.now()) < 60_000 ? 'monotonic' : '';
    if (value === Math.random) return 'Math.random';
    return typeof value === 'number' ? spaced(value) : JSON.stringify(value);
  }

  it('are all in the table, and no others', () => {
    expect([...rows.keys()].sort()).toEqual(declared.sort());
  });

  it.each([...rows])('%s has the default that the table says', (option, value) => {
    const [first] = value.split(', or ');
    expect(first).toBe(inForce(option));
  });
});

describe('the options of a RedisStorage', () => {
  const rows = rowsOf('packages/redis/README.md');

  it('are all in the table, and no others', () => {
    const declared = optionsOf('packages/redis/src/options.ts', 'RedisStorageOptions');
    expect([...rows.keys()].sort()).toEqual([...declared.keys()].sort());
  });

  it('have the defaults that the table says', () => {
    const { idleTtlMs, timeoutMs } = resolveOptions({ namespace: 'any' });
    const defaults = { namespace: 'required', idleTtlMs: spaced(idleTtlMs), timeoutMs: spaced(timeoutMs) };
    expect(Object.fromEntries(rows)).toEqual(defaults);
  });
});

describe('the options of a pinoListener', () => {
  const path = 'packages/listeners-pino/README.md';
  const inForce = resolvePinoOptions({});

  it('are all in the table, and have the defaults that it says', () => {
    const declared = optionsOf('packages/listeners-pino/src/options.ts', 'PinoListenerOptions');
    const rows = rowsOf(path);
    expect([...rows.keys()].sort()).toEqual([...declared.keys()].sort());
    expect(rows.get('summaryMs')).toBe(spaced(inForce.summaryMs));
  });

  it('have the levels that the table says', () => {
    const rows = tableRows(repository.read(path), 'in levels');
    const said = rows.flatMap(([keys = '', level]) => keys.split(' ').map((key) => [key, level]));
    expect(Object.fromEntries(said)).toEqual(inForce.levels);
  });
});

it('the options of simulateFleet are all in the table, and have the defaults that it says', () => {
  const declared = optionsOf('packages/testing/src/simulation/simulate-fleet.ts', 'SimulationOptions');
  const rows = tableRows(repository.read('docs/simulating-a-fleet.md'), 'option').map(([options = '', values = '']) => {
    const names = options.replace(/\(.*\)/, '').split(', ');
    return names.map((name, index) => [name, names.length > 1 ? values.split(', ')[index] : values] as const);
  });
  expect(
    rows
      .flat()
      .map(([name]) => name)
      .sort(),
  ).toEqual([...declared.keys()].sort());
  for (const [name, value] of rows.flat()) {
    const said = declared.get(name)?.default;
    if (/^\d/.test(said ?? '')) expect(value, name).toBe(said);
  }
});

describe('the options of what is given as an option', () => {
  const signatures: Record<string, [string, string]> = {
    failureRate: ['policy/failure-rate.ts', 'FailureRateOptions'],
    failureCount: ['policy/failure-count.ts', 'FailureCountOptions'],
    lastCalls: ['policy/last-calls.ts', 'LastCallsOptions'],
    exponentialBackoff: ['policy/exponential-backoff.ts', 'ExponentialBackoffOptions'],
    shareOutcomes: ['fleet/sharing.ts', 'ShareOutcomesOptions'],
    shareTrips: ['fleet/sharing.ts', 'ShareTripsOptions'],
    MemoryStorage: ['storage/memory-storage.ts', 'MemoryStorageOptions'],
    CircuitBreakerRegistry: ['registry.ts', 'CircuitBreakerRegistryOptions'],
  };

  it.each(Object.entries(signatures))('%s', (name, [file, type]) => {
    const expected = [...optionsOf(`packages/core/src/${file}`, type)].map(([option, declared]) => {
      const value = declared.default?.replaceAll('`', '');
      if (!declared.isOptional) return option;
      return value === undefined || /^(none|the process)/.test(value) ? `${option}?` : `${option} = ${value}`;
    });
    expect(signaturesOf(name)).toEqual(Array(signaturesOf(name).length || 1).fill(expected.join(', ')));
  });

  it.each([
    ['shareOutcomes', shareOutcomes()],
    ['shareTrips', shareTrips()],
    ['failureRate', failureRate({ threshold: 0.5, windowMs: 1_000, slowCallMs: 10 })],
    ['lastCalls', lastCalls({ size: 7, threshold: 0.5 })],
  ])('%s has the defaults that its doc comments say', (name, made) => {
    const inForce = { ...made } as Record<string, unknown>;
    const [file, type] = signatures[name] as [string, string];
    for (const [option, { default: said }] of optionsOf(`packages/core/src/${file}`, type)) {
      if (said === undefined || said === 'none does') continue;
      const reference = said.startsWith('`') ? inForce[said.replaceAll('`', '')] : Number(said);
      expect(inForce[option], option).toBe(reference);
    }
  });
});
