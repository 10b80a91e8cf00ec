import { describe, expect, it } from 'vitest';
import {
  type Check,
  checkBoolean,
  checkCount,
  checkDurationMs,
  checkDurationOrZeroMs,
  checkFunction,
  checkKeys,
  checkMembers,
  checkName,
  checkOptions,
  checkShare,
  checkSignal,
  listOf,
  optional,
  range,
  shape,
  show,
} from './check.js';

const anything = () => undefined;

const CHECKS: readonly [Check, string, { fine: unknown[]; outOfRange?: unknown[]; wrong: unknown[] }][] = [
  [
    checkCount,
    'an integer of at least 1',
    {
      fine: [1, 2 ** 53 - 1],
      outOfRange: [0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53],
      wrong: ['1', 1n],
    },
  ],
  [
    checkDurationMs,
    'a finite number of milliseconds above 0',
    {
      fine: [1, 0.5, 1e300],
      outOfRange: [0, -0, -1, Number.NaN, Number.POSITIVE_INFINITY],
      wrong: ['1', undefined, null],
    },
  ],
  [
    checkDurationOrZeroMs,
    'a finite number of milliseconds of at least 0',
    { fine: [0, -0, 0.5], outOfRange: [-0.1, Number.NaN, Number.NEGATIVE_INFINITY], wrong: [new Date(0)] },
  ],
  [
    checkShare,
    'a share above 0 and up to 1',
    { fine: [1, 0.001], outOfRange: [0, 1.001, -0.5, 50, Number.NaN], wrong: ['50%'] },
  ],
  [checkBoolean, 'true or false', { fine: [true, false], wrong: [0, 'true', undefined, null] }],
  [checkFunction, 'a function', { fine: [() => 0, class {}, Math.max], wrong: [{}, 'f', undefined] }],
  [listOf(anything), 'an array', { fine: [[], [undefined]], wrong: [{ length: 0 }, 'ab', new Set(), undefined] }],
  [checkName, 'a non-empty string', { fine: ['a', ' '], wrong: ['', 5, undefined, Symbol('a')] }],
  [
    shape('an object', {}),
    'an object',
    { fine: [{}, new Map(), Object.create(null)], wrong: [null, [], () => 0, 'a', undefined] },
  ],
  [
    checkSignal,
    'an AbortSignal',
    {
      fine: [
        new AbortController().signal,
        AbortSignal.abort(),
        { aborted: false, addEventListener() {}, removeEventListener() {} },
      ],
      wrong: [
        null,
        undefined,
        {},
        new AbortController(),
        { aborted: false },
        { aborted: false, addEventListener() {} },
        { aborted: false, removeEventListener() {} },
        'signal',
      ],
    },
  ],
];

describe.each(CHECKS.map(([check, expected, values]) => [expected, check, values] as const))(
  'the check of %s',
  (expected, check, { fine, outOfRange = [], wrong }) => {
    it('takes it', () => {
      for (const value of fine) expect(() => check('thing', value)).not.toThrow();
    });

    it('refuses everything else, naming the argument, its value and what was expected', () => {
      for (const [Failure, values] of [
        [RangeError, outOfRange],
        [TypeError, wrong],
      ] as const) {
        for (const value of values) {
          const message = `thing must be ${expected}, but is ${show(value)}`;
          expect(() => check('thing', value)).toThrow(new Failure(message));
        }
      }
    });
  },
);

describe('range', () => {
  it('says what its caller expects', () => {
    const check = range('an even number', (n) => n % 2 === 0);
    expect(() => check('thing', 4)).not.toThrow();
    expect(() => check('thing', 5)).toThrow(new RangeError('thing must be an even number, but is 5'));
    expect(() => check('thing', '4')).toThrow(new TypeError('thing must be an even number, but is "4"'));
  });
});

describe('listOf', () => {
  it('checks every item, and names it by its place; a hole is one', () => {
    const check = listOf(checkCount);
    expect(() => check('list', [1, 2])).not.toThrow();
    expect(() => check('list', [1, 0])).toThrow('list[1] must be an integer of at least 1, but is 0');
    expect(() => check('list', new Array(1))).toThrow('list[0] must be an integer of at least 1, but is undefined');
  });
});

describe('shape', () => {
  it('checks every member, and names it as one', () => {
    const check = shape<{ size: number; name?: string }>('a thing', {
      size: checkCount,
      ...optional({ name: checkName }),
    });
    expect(() => check('thing', { size: 1, other: 0 })).not.toThrow();
    expect(() => check('thing', 5)).toThrow(new TypeError('thing must be a thing, but is 5'));
    expect(() => check('thing', {})).toThrow('thing.size must be an integer of at least 1, but is undefined');
    expect(() => check('thing', { size: 1, name: '' })).toThrow('thing.name must be a non-empty string, but is ""');
  });
});

describe('optional', () => {
  it('passes over what is undefined, and nothing else', () => {
    const { size } = optional<{ size?: number }>({ size: checkCount });
    expect(() => size('size', undefined)).not.toThrow();
    expect(() => size('size', null)).toThrow(new TypeError('size must be an integer of at least 1, but is null'));
  });

  it('leaves the checks that it is given as they are', () => {
    const checks = { size: checkCount };
    optional(checks);
    expect(() => checks.size('size', undefined)).toThrow(TypeError);
  });
});

describe('checkMembers', () => {
  it('checks one after another, and names each with the prefix', () => {
    const checks = { a: checkCount, b: checkBoolean };
    expect(() => checkMembers('of.', { a: 1, b: true }, checks)).not.toThrow();
    expect(() => checkMembers('of.', { a: 0, b: 5 }, checks)).toThrow(/^of\.a must/);
    expect(() => checkMembers('of.', { a: 1, b: 5 }, checks)).toThrow(/^of\.b must/);
  });
});

describe('checkOptions', () => {
  it('asks nothing of what all objects have been given', () => {
    Object.assign(Object.prototype, { everywhere: 1 });
    try {
      const checks = optional<{ size?: number }>({ size: checkCount });
      expect(() => checkOptions({ size: 1 }, checks)).not.toThrow();
    } finally {
      Reflect.deleteProperty(Object.prototype, 'everywhere');
    }
  });

  it('refuses unknown keys before wrong values, and says whose options they are', () => {
    const check = (options: object) => checkOptions(options as { a: number }, { a: checkCount }, 'maker: ');
    expect(() => check({ a: 1 })).not.toThrow();
    expect(() => check({ a: 0, b: 7 })).toThrow('maker: options has an unknown key "b" (7), expected: a');
    expect(() => check({ a: 0 })).toThrow('maker: a must be an integer of at least 1, but is 0');
  });
});

describe('checkKeys', () => {
  it('takes an object with some of the known keys', () => {
    expect(() => checkKeys('options', {}, ['a', 'b'])).not.toThrow();
    expect(() => checkKeys('options', { b: undefined }, ['a', 'b'])).not.toThrow();
  });

  it('refuses an unknown key, naming it, its value and those that are known', () => {
    const failure = new TypeError('options has an unknown key "c" (7), expected: a, b');
    expect(() => checkKeys('options', { a: 1, c: 7 }, ['a', 'b'])).toThrow(failure);
  });

  it('refuses a key that every object inherits', () => {
    const options = { toString: () => 'x' };
    expect(() => checkKeys('options', options, ['a'])).toThrow('unknown key "toString" (a function)');
  });

  it('refuses what is no object', () => {
    expect(() => checkKeys('options', 'a', ['a'])).toThrow(new TypeError('options must be an object, but is "a"'));
  });
});

describe('show', () => {
  it.each([
    ['text', '"text"'],
    ['say "hi"\n', '"say \\"hi\\"\\n"'],
    ['x'.repeat(80), `"${'x'.repeat(80)}"`],
    ['x'.repeat(81), `"${'x'.repeat(80)}..."`],
    [-0.5, '-0.5'],
    [Number.NaN, 'NaN'],
    [12n, '12n'],
    [true, 'true'],
    [undefined, 'undefined'],
    [null, 'null'],
    [Symbol('s'), 'Symbol(s)'],
    [[1, 2], 'an array'],
    [{ a: 1 }, 'an object'],
    [class Named {}, 'a function'],
  ])('shows %o', (value, shown) => {
    expect(show(value)).toBe(shown);
  });

  it('calls nothing of the value itself', () => {
    const trap = () => {
      throw new Error('called');
    };
    expect(show({ toString: trap, toJSON: trap, [Symbol.toPrimitive]: trap })).toBe('an object');
    expect(show(new Proxy({}, { get: trap, ownKeys: trap }))).toBe('an object');
  });
});
