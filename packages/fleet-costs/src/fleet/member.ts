import type { MemberPlan } from './member-plan.js';
import type { Answer, Question } from './messages.js';
import { ordersOf } from './orders.js';

// One process of a fleet: does what it is asked to, and ends with the process that has started it.
process.on('disconnect', () => process.exit());

const [plan = ''] = process.argv.slice(2);
const orders = ordersOf(JSON.parse(plan) as MemberPlan);
process.on('message', async (question) => {
  const { id, order, args } = question as Question;
  const run = orders[order] as (...args: readonly unknown[]) => Promise<unknown>;
  const answer: Answer = await run(...args).then(
    (value) => ({ id, value }),
    (error: unknown) => ({ id, error: String(error) }),
  );
  process.send?.(answer);
});
