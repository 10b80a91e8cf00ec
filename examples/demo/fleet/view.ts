import { openScreen } from '../screen.js';
import { seconds } from '../times.js';
import { lanes } from './lanes.js';
import { now } from './news.js';
import type { Scene } from './scene.js';
import { table } from './table.js';

const FRAME_MS = 100;

/** Shows a scene as it goes on. */
export interface View {
  close(): void;
}

/** For a terminal: the lanes as they grow, the calls as they are counted, and the latest news below. */
export function liveView(scene: Scene): View {
  const screen = openScreen();
  const draw = () => {
    const fixed = [...header(scene), ...lanes(scene, now()), '', ...table(scene.fleet), ''];
    screen.draw([...fixed, ...scene.news.slice(fixed.length - process.stdout.rows)]);
  };
  const frames = setInterval(draw, FRAME_MS);
  return {
    close() {
      clearInterval(frames);
      screen.close();
    },
  };
}

/** For a file or a pipe: the news, line by line. */
export function plainView(scene: Scene): View {
  console.log(scene.news.join('\n'));
  scene.onNews = console.log;
  return {
    close() {
      scene.onNews = () => {};
    },
  };
}

function header({ startedAt }: Scene): string[] {
  return [
    ` Four processes share one circuit, through Redis${seconds(now() - startedAt).padStart(30)}`,
    " in each: new CircuitBreaker('server', { storage: new RedisStorage(...), ... })",
    '',
  ];
}
