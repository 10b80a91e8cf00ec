import { afterEach, expect, it, vi } from 'vitest';
import { asyncDisposeSymbol, disposeSymbol } from './dispose-symbols.js';

afterEach(() => vi.unstubAllGlobals());

it('are the runtime’s own', () => {
  expect(disposeSymbol).toBe(Symbol.dispose);
  expect(asyncDisposeSymbol).toBe(Symbol.asyncDispose);
});

it('are those of the compilers where the runtime has none', async () => {
  const { dispose, asyncDispose, ...older } = Object.getOwnPropertyDescriptors(Symbol);
  const Runtimes = Symbol;
  vi.resetModules();
  vi.stubGlobal(
    'Symbol',
    Object.defineProperties((name: string) => Runtimes(name), older),
  );
  const symbols = await import('./dispose-symbols.js');
  vi.unstubAllGlobals();
  expect(symbols.disposeSymbol).toBe(Symbol.for('Symbol.dispose'));
  expect(symbols.asyncDisposeSymbol).toBe(Symbol.for('Symbol.asyncDispose'));
});
