// Not every runtime has it yet; what esbuild makes of `using` falls back to the same symbol.
export const disposeSymbol: typeof Symbol.dispose = Symbol.dispose ?? Symbol.for('Symbol.dispose');
