import { pino } from 'pino';
import { pino as pino9 } from 'pino-9';

/** The versions that are supported, each by its types the newest. */
export const PINOS: readonly (readonly [name: string, pino: typeof pino])[] = [
  ['pino 9', pino9 as unknown as typeof pino],
  ['pino 10', pino],
];
