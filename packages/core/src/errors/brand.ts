/**
 * Gives an error class its name, and an `instanceof` that goes by a brand: it holds across two copies of this package (ESM and CJS)
 * in one process. A class that a user derives has no brand of its own, and goes by its prototype as ever.
 */
export function brand(errorClass: { readonly prototype: Error }, name: string): void {
  const symbol = Symbol.for(`@breaker/core:${name}`);
  Object.defineProperty(errorClass.prototype, symbol, { value: true });
  Object.defineProperty(errorClass.prototype, 'name', { value: name, writable: true, configurable: true });
  Object.defineProperty(errorClass, Symbol.hasInstance, {
    value(this: unknown, value: unknown): boolean {
      return this === errorClass ? has(value, symbol) : Function.prototype[Symbol.hasInstance].call(this, value);
    },
  });
}

function has(value: unknown, symbol: symbol): boolean {
  try {
    return symbol in Object(value);
  } catch {
    return false; // a proxy that answers nothing
  }
}
