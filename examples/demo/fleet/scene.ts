import type { Mark } from '../marks.js';
import { seconds } from '../times.js';
import type { Fleet } from './fleet.js';
import { History } from './history.js';
import { now } from './news.js';

/** Tells what has happened, and when: now, if nothing is said. */
export type Tell = (news: string, at?: number) => void;

/** All that there is to see. */
export class Scene {
  readonly startedAt = now();
  readonly health = new History<Mark>();
  readonly news: string[] = [];
  /** Is called with every line of the news. */
  onNews: (line: string) => void = () => {};

  constructor(
    readonly fleet: Fleet,
    readonly pace: number,
  ) {}

  readonly tell: Tell = (news, at = now()) => {
    const line = `${seconds(at - this.startedAt).padStart(7)}  ${news}`;
    this.news.push(line);
    this.onNews(line);
  };
}
