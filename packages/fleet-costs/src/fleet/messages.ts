import type { Orders } from './orders.js';

export interface Question {
  readonly id: number;
  readonly order: keyof Orders;
  readonly args: readonly unknown[];
}

export type Answer = { readonly id: number; readonly value: unknown } | { readonly id: number; readonly error: string };
