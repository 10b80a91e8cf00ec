import { checkFunction, checkObject } from '../check.js';
import type { CircuitListener } from './circuit-listener.js';
import { METHODS } from './notify.js';

export function checkListener(name: string, value: unknown): asserts value is CircuitListener {
  checkObject(name, value, 'a listener object');
  for (const method of [...Object.values(METHODS), 'onEvent'] as const) {
    const given = (value as CircuitListener)[method];
    if (given !== undefined) checkFunction(`${name}.${method}`, given);
  }
}
