import { afterEach, expect, it, vi } from 'vitest';
import { disposeSymbol } from './dispose-symbol.js';

afterEach(() => vi.unstubAllGlobals());

it('is the runtime’s own', () => {
  expect(disposeSymbol).toBe(Symbol.dispose);
});

it('is that of the compilers where the runtime has none', async () => {
  const { dispose, ...older } = Object.getOwnPropertyDescriptors(Symbol);
  const Runtimes = Symbol;
  vi.resetModules();
  vi.stubGlobal(
    'Symbol',
    Object.defineProperties((name: string) => Runtimes(name), older),
  );
  const { disposeSymbol } = await import('./dispose-symbol.js');
  vi.unstubAllGlobals();
  expect(disposeSymbol).toBe(Symbol.for('Symbol.dispose'));
});
