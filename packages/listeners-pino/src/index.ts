export type { LevelKey } from './levels.js';
export type { PinoListenerOptions } from './options.js';
export { type PinoListener, pinoListener } from './pino-listener.js';
export type { PinoLogger } from './pino-logger.js';
