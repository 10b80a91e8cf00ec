import { describe, expect, it } from 'vitest';
import { deepFreeze } from '../../test/deep-freeze.js';
import { type Case, NOW, type Row, RULES } from '../../test/transition-table/case.js';
import { whileClosed } from '../../test/transition-table/while-closed.js';
import { whileHalfOpen } from '../../test/transition-table/while-half-open.js';
import { whileOpen } from '../../test/transition-table/while-open.js';
import { whileDisabled, whileIsolated } from '../../test/transition-table/while-ruled.js';
import type { Circuit, CircuitState } from './circuit.js';
import { transition } from './transition.js';

/** What becomes of every state at every event: the types see to it that no cell is missing. */
const TABLE: Record<CircuitState, Row> = {
  closed: whileClosed,
  open: whileOpen,
  'half-open': whileHalfOpen,
  isolated: whileIsolated,
  disabled: whileDisabled,
};

const CASES = Object.values(TABLE).flatMap((row) => Object.values(row).flat());

function titleOf({ circuit, event, when = '', becomes }: Case): string {
  const subject = `while ${circuit.state}, ${event.type}${when && ` (${when})`}`;
  return becomes === undefined
    ? `${subject} changes nothing`
    : `${subject} makes it ${becomes.state} in epoch ${becomes.epoch}`;
}

function run({ circuit, event, rules }: Case): Circuit {
  return transition(deepFreeze(circuit), deepFreeze(event), NOW, { ...RULES, ...rules });
}

describe('transition', () => {
  it('has no cell of its table without a case', () => {
    for (const [state, row] of Object.entries(TABLE)) {
      for (const [type, cases] of Object.entries(row)) {
        expect(cases, `${state} x ${type}`).not.toHaveLength(0);
        for (const { circuit, event } of cases) expect([circuit.state, event.type]).toEqual([state, type]);
      }
    }
  });

  it.each(CASES.map((each) => [titleOf(each), each] as const))('%s', (_, each) => {
    const after = run(each);
    if (each.becomes === undefined) expect(after).toBe(each.circuit);
    else expect(after).toStrictEqual(each.becomes);
  });

  it('lets the epoch grow by exactly one at a change of state and at a close, and never else', () => {
    for (const each of CASES) {
      const after = run(each);
      const isNew = after.state !== each.circuit.state || each.event.type === 'close';
      expect(after.epoch - each.circuit.epoch, titleOf(each)).toBe(isNew ? 1 : 0);
    }
  });

  it('does the same to a circuit that went through JSON', () => {
    for (const each of CASES) {
      const copy: Circuit = JSON.parse(JSON.stringify(each.circuit));
      const after = run({ ...each, circuit: copy });
      expect(after, titleOf(each)).toStrictEqual(each.becomes ?? copy);
      expect(JSON.parse(JSON.stringify(after)), titleOf(each)).toStrictEqual(after);
    }
  });

  it('gives equal circuits for equal input, however often it is asked', () => {
    for (const each of CASES) expect(run(each), titleOf(each)).toStrictEqual(run(each));
  });
});
