import { expect, it } from 'vitest';
import { thrownBy } from '../../test/caught.js';
import { checkStorage } from './check-storage.js';
import { MemoryStorage } from './memory-storage.js';

const nothing = () => undefined;
const storage = { read: nothing, update: nothing };

it('takes what has the methods of a storage, those that it may lack left out or undefined', () => {
  for (const fine of [
    new MemoryStorage(),
    storage,
    { ...storage, subscribe: undefined, close: undefined },
    { ...storage, subscribe: nothing, close: nothing },
  ]) {
    expect(() => checkStorage('storage', fine)).not.toThrow();
  }
});

it.each([
  [5, 'storage must be a storage, such as new MemoryStorage(), but is 5'],
  [{ ...storage, read: 5 }, 'storage.read must be a function, but is 5'],
  [{ read: nothing }, 'storage.update must be a function, but is undefined'],
  [{ ...storage, subscribe: true }, 'storage.subscribe must be a function, but is true'],
  [{ ...storage, close: null }, 'storage.close must be a function, but is null'],
])('refuses %o, and says what is wrong', (value, message) => {
  expect(thrownBy(() => checkStorage('storage', value))).toEqual(new TypeError(message));
});
