import { show } from '../check.js';
import type { Shell } from '../shell.js';
import type { Deferred } from './deferred.js';
import { wrap } from './wrap.js';

/** Guards a method: a decorator of the standard kind, and of TypeScript's legacy kind (`experimentalDecorators`). */
export interface GuardDecorator {
  <F extends Deferred>(method: F, context: ClassMethodDecoratorContext): F;
  <F extends Deferred>(
    target: object,
    key: string | symbol,
    descriptor: TypedPropertyDescriptor<F>,
  ): TypedPropertyDescriptor<F>;
}

export function guardDecorator(shell: Shell): GuardDecorator {
  return ((target: unknown, context: unknown, descriptor?: PropertyDescriptor) => {
    if (isMethodContext(context)) return wrap(shell, target);
    if (typeof descriptor?.value === 'function')
      return { ...descriptor, value: wrapDescribed(shell, descriptor.value) };
    throw new TypeError(`guard decorates methods only, but ${show(nameOf(context))} is none`);
  }) as GuardDecorator;
}

function isMethodContext(context: unknown): boolean {
  return (context as ClassMethodDecoratorContext | null | undefined)?.kind === 'method';
}

function nameOf(context: unknown): unknown {
  return typeof context === 'object' ? (context as DecoratorContext | null)?.name : context;
}

/** What frameworks use that describe legacy-decorated methods (reflect-metadata, as in NestJS). */
interface Metadata {
  getOwnMetadataKeys?(target: object): unknown[];
  getOwnMetadata?(key: unknown, target: object): unknown;
  defineMetadata?(key: unknown, value: unknown, target: object): void;
}

/** Other decorators' notes on the method move on to the one that takes its place. */
function wrapDescribed(shell: Shell, method: object): object {
  const wrapped = wrap(shell, method);
  const metadata = Reflect as Metadata;
  for (const key of metadata.getOwnMetadataKeys?.(method) ?? []) {
    metadata.defineMetadata?.(key, metadata.getOwnMetadata?.(key, method), wrapped);
  }
  return wrapped;
}
