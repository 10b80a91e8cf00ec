import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { MemberPlan } from './member-plan.js';
import type { Answer, Question } from './messages.js';
import type { Orders } from './orders.js';

/** As it lies beside the built program. */
const PROGRAM = fileURLToPath(new URL('member.js', import.meta.url));

/** A process of a fleet, seen from the one that has started it. */
export class MemberProcess {
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, (answer: Answer) => void>();
  #questions = 0;

  constructor(plan: MemberPlan) {
    this.#child = fork(PROGRAM, [JSON.stringify(plan)]);
    this.#child.on('message', (answer: Answer) => this.#waiting.get(answer.id)?.(answer));
    this.#child.on('exit', () => {
      for (const [id, answer] of this.#waiting) answer({ id, error: 'A process of the fleet has ended' });
    });
  }

  /** @throws Error as a rejection, with what went wrong there */
  async ask<Name extends keyof Orders>(
    order: Name,
    ...args: Parameters<Orders[Name]>
  ): Promise<Awaited<ReturnType<Orders[Name]>>> {
    const question: Question = { id: this.#questions++, order, args };
    const answer = await new Promise<Answer>((resolve) => {
      this.#waiting.set(question.id, resolve);
      this.#child.send(question, (error) => error && resolve({ id: question.id, error: error.message }));
    });
    this.#waiting.delete(question.id);
    if ('error' in answer) throw new Error(`${order}: ${answer.error}`);
    return answer.value as Awaited<ReturnType<Orders[Name]>>;
  }

  async end(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const ended = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await ended;
  }
}
