/** A promise that is settled from outside. (`Promise.withResolvers` is younger than Node 20.) */
export interface Deferred<T> {
  readonly promise: Promise<T>;
  resolve(value: T): void;
  reject(error: unknown): void;
}

export function deferred<T>(): Deferred<T> {
  const settle = {} as Pick<Deferred<T>, 'resolve' | 'reject'>;
  const promise = new Promise<T>((resolve, reject) => void Object.assign(settle, { resolve, reject }));
  return { promise, ...settle };
}
