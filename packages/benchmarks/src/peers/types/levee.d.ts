declare module 'levee' {
  import type { EventEmitter } from 'node:events';

  type Callback = (error: unknown, value?: number) => void;

  interface Breaker extends EventEmitter {
    run(callback: Callback): void;
  }

  interface Options {
    readonly maxFailures?: number;
    readonly timeout?: number;
    readonly resetTimeout?: number;
  }

  const levee: { createBreaker(command: (callback: Callback) => void, options?: Options): Breaker };
  export default levee;
}
