import { expect, it } from 'vitest';
import { rejectionOf } from '../test/caught.js';
import { Rejected, rejectedWith } from './rejected.js';

it('rejects the promise that it is given for with the very error, whatever that is', async () => {
  for (const error of [new Error('boom'), 'boom', undefined]) {
    expect(await rejectionOf(Promise.resolve().then(() => new Rejected(error)))).toBe(error);
    expect(await rejectionOf(rejectedWith(error))).toBe(error);
  }
});
