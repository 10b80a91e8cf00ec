type ErrorClass = { readonly prototype: Error };

const brands = new WeakMap<ErrorClass, symbol>();

/** Gives an error class its name, and a brand that its instances share with those of other copies of the package. */
export function brand(errorClass: ErrorClass, name: string): void {
  const symbol = Symbol.for(`@breaker/core:${name}`);
  brands.set(errorClass, symbol);
  Object.defineProperty(errorClass.prototype, symbol, { value: true });
  Object.defineProperty(errorClass.prototype, 'name', { value: name, writable: true, configurable: true });
}

/** Whether a value has a class's brand; `undefined` where the class has none of its own, as a user's subclass. */
export function isBranded(errorClass: ErrorClass, value: unknown): boolean | undefined {
  const symbol = brands.get(errorClass);
  if (symbol === undefined) return undefined;
  try {
    return symbol in Object(value);
  } catch {
    return false; // a proxy that answers nothing
  }
}
