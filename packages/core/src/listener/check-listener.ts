import { checkFunction, optional, shape } from '../check.js';
import type { CircuitListener } from './circuit-listener.js';
import { METHODS } from './notify.js';

const methods = [...Object.values(METHODS), 'onEvent'].map((method) => [method, checkFunction]);

export const checkListener = shape<CircuitListener>('a listener object', optional(Object.fromEntries(methods)));
